import { useLayoutEffect, useRef } from 'preact/hooks';

type InlineEditProps = { label: string; value: string; placeholder?: string; onDone: (value: string) => void; onCancel: () => void };

/** A field in the place of the text it changes. Enter and leaving it keep the change, Esc does not. */
export function InlineEdit({ label, value, placeholder, onDone, onCancel }: InlineEditProps) {
  const field = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  // Before the next key can be typed.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (keep: boolean) => {
    if (ended.current) return;
    ended.current = true;
    const text = field.current?.value.trim() ?? '';
    if (keep && text !== value) onDone(text);
    else onCancel();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter');
  };
  return <input ref={field} class="field inline-edit" aria-label={label} placeholder={placeholder} defaultValue={value} onKeyDown={onKey} onBlur={() => end(true)} />;
}
