import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import type { Find } from './use-find.ts';

type Properties = { find: Find; onClose: () => void };

/** The find field. Enter steps on, Shift+Enter back, Escape closes it. */
export function FindBar({ find, onClose }: Properties): VNode {
  const field = useRef<HTMLInputElement>(null);
  // Before the next key comes: what is typed at once must land in the field.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    find.step(event.shiftKey ? -1 : 1);
  };
  const none = find.found.matches.length === 0;
  return (
    <search class="source-bar">
      <input
        ref={field} class="field" type="text" value={find.query} placeholder={t('source.find-in')} aria-label={t('source.find-in')}
        autocomplete="off" spellcheck={false} onInput={(event) => find.setQuery(event.currentTarget.value)} onKeyDown={onKeyDown}
      />
      <output class="source-count num">{countText(find)}</output>
      <span class="source-buttons">
        <button type="button" class="button bare" disabled={none} onClick={() => find.step(-1)} aria-label={t('source.previous-match')}>{t('source.previous')}</button>
        <button type="button" class="button bare" disabled={none} onClick={() => find.step(1)} aria-label={t('source.next-match')}>{t('source.next')}</button>
        <button type="button" class="button bare" onClick={onClose} aria-label={t('source.close-find')}>{t('source.done')}</button>
      </span>
    </search>
  );
}

function countText({ query, found, searching, more }: Find): string {
  if (query.trim() === '') return '';
  const count = found.matches.length;
  if (count === 0) return searching ? t('source.searching') : t('source.no-matches');
  const position = found.current + 1;
  return t(more ? 'source.match-of-more' : 'source.match-of', { position, count });
}
