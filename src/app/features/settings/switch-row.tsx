import { useId } from 'preact/hooks';

type SwitchRowProps = { labelledBy: string; say: string; more: string; on: boolean; onChange: (on: boolean) => void };

/** A switch beside what it does. */
export function SwitchRow({ labelledBy, say, more, on, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <p id={id}><span class="say">{say}</span>{more}</p>
      <button type="button" class="switch" role="switch" aria-checked={on} aria-labelledby={labelledBy} aria-describedby={id} onClick={() => onChange(!on)} />
    </div>
  );
}
