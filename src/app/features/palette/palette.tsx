import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { ModalDialog } from '../../ui/modal-dialog.tsx';
import { paletteGroups, type PaletteEntry, type PaletteGroup } from './palette-entries.ts';
import './palette.css';

/** Search over commands, collections, sources and conversations; what is typed can also be asked. */
export function Palette() {
  const app = useApp();
  const query = useSignal('');
  const chosen = useSignal(0);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const groups = paletteGroups(app, query.value);
  const entries = groups.flatMap((group) => group.entries);
  const at = Math.min(chosen.value, entries.length - 1);
  const close = () => { app.layout.overlay.value = undefined; };
  const run = (entry: PaletteEntry | undefined) => {
    close();
    entry?.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    const step = steps[event.key];
    if (step !== undefined) chosen.value = (step + entries.length) % entries.length;
    else if (event.key === 'Enter' && !event.isComposing) run(entries[at]);
    else return;
    event.preventDefault();
  };
  const active = entries[at];
  return (
    <ModalDialog label={t('palette.title')} class="palette" onClose={close}>
      <input
        ref={field}
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="palette-results"
        aria-activedescendant={active && `palette-${active.id}`}
        aria-label={t('palette.box')}
        placeholder={t('palette.hint')}
        value={query.value}
        onInput={(event) => { query.value = event.currentTarget.value; chosen.value = 0; }}
        onKeyDown={onKey}
      />
      <Results groups={groups} active={active} onRun={run} />
      <p class="hidden-text" role="status">{t('palette.count', { count: entries.length })}</p>
      <footer><span>{t('palette.choose')}</span><span>{t('palette.run')}</span><span>{t('palette.escape')}</span></footer>
    </ModalDialog>
  );
}

type ResultsProps = { groups: PaletteGroup[]; active: PaletteEntry | undefined; onRun: (entry: PaletteEntry) => void };

function Results({ groups, active, onRun }: ResultsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);
  return (
    <div ref={list} role="listbox" id="palette-results" aria-label={t('palette.results')} tabIndex={-1}>
      {groups.map(({ title, entries }) => (
        <div key={title} role="group" aria-label={title}>
          <div class="group-title" role="presentation">{title}</div>
          {entries.map((entry) => (
            // The combobox has the keyboard; an option is for the pointer.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events jsx-a11y/interactive-supports-focus
            <div key={entry.id} id={`palette-${entry.id}`} role="option" aria-selected={entry === active} onClick={() => onRun(entry)}>
              <span dir="auto">{entry.label}</span>{entry.note && <span>{entry.note}</span>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
