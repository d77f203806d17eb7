import { useEffect, useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import './adding.css';

/** The form for pasted text, in place where it was asked for. */
export function PasteForm() {
  const { adding } = useApp();
  return adding.pasting.value ? <OpenPasteForm /> : null;
}

function OpenPasteForm() {
  const { adding, fail } = useApp();
  const title = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  useEffect(() => text.current?.focus(), []);
  const close = () => { adding.pasting.value = false; };
  const add = (event: Event) => {
    event.preventDefault();
    const words = text.current?.value ?? '';
    if (words.trim() === '') return text.current?.focus();
    adding.addText(title.current?.value.trim() || firstLine(words), words).then(close, fail);
  };
  return (
    <form class="paste-form" aria-label={t('adding.paste-form')} onSubmit={add} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); close(); } }}>
      <input ref={title} class="field" aria-label={t('adding.paste-title')} placeholder={t('adding.paste-title')} />
      <textarea ref={text} class="field" rows={5} aria-label={t('adding.paste-text')} placeholder={t('adding.paste-text')} />
      <div class="row">
        <button class="button main">{t('adding.paste-add')}</button>
        <button type="button" class="button bare" onClick={close}>{t('adding.paste-cancel')}</button>
      </div>
    </form>
  );
}

function firstLine(text: string): string {
  const line = (text.trim().split('\n', 1)[0] ?? '').trim().replace(/[.。]$/, '');
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}
