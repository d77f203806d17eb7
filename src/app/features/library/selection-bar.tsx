import type { Signal } from '@preact/signals';
import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { moveSources, removeSources } from './source-actions.ts';

type SelectionBarProps = { selection: Signal<ReadonlySet<DocumentId> | undefined>; shown: readonly Source[] };

/** What can be done with the selected sources. */
export function SelectionBar({ selection, shown }: SelectionBarProps) {
  const app = useApp();
  const chosen = shown.filter((source) => selection.value?.has(source.id));
  const end = () => { selection.value = undefined; };
  const move = (to: CorpusId, name: string) => { void moveSources(app, chosen, to, name); end(); };
  return (
    <div class="selection" role="toolbar" aria-label={t('library.selected', { count: chosen.length })}>
      <strong class="num" role="status">{t('library.selected', { count: chosen.length })}</strong>
      <div class="row">
        <button type="button" class="textual" onClick={() => { selection.value = new Set(shown.map(({ id }) => id)); }}>{t('library.select-all')}</button>
        {chosen.length > 0 && app.library.collections.value.length > 1 && (
          <MenuButton class="textual" items={() => app.library.collections.value.map(({ id, name }) => ({ label: t('library.move-to', { collection: name }), run: () => move(id, name) }))}>{t('library.move-selected')}</MenuButton>
        )}
        {chosen.length > 0 && <button type="button" class="textual" onClick={() => { void removeSources(app, chosen); end(); }}>{t('library.remove')}</button>}
        <button type="button" class="textual" onClick={end}>{t('library.done-selecting')}</button>
      </div>
    </div>
  );
}
