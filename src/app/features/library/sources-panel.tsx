import { useComputed, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import type { DocumentId } from '#core/ids.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { isPending, sourcesOf } from '../../model/library.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { AddButtons } from '../adding/add-buttons.tsx';
import { PasteForm } from '../adding/paste-form.tsx';
import { areWaysInShown } from '../first-visit/ways-in.tsx';
import { arrangeSources, sortOrders, type SortOrder } from './arrange-sources.ts';
import { currentScope } from './scope.ts';
import { SelectionBar } from './selection-bar.tsx';
import { SourceList } from './source-list.tsx';

/** The sources of the collection in scope: adding, filter, order, selection, and the list itself. */
export function SourcesPanel({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const app = useApp();
  const order = useSignal<SortOrder>('newest');
  const filter = useSignal('');
  const selection = useSignal<ReadonlySet<DocumentId> | undefined>(undefined);
  const scope = currentScope(app);
  const inScope = useComputed(() => sourcesOf(app.library.sources.value.values(), currentScope(app)));
  const shown = useComputed(() => arrangeSources(inScope.value, order.value, filter.value));
  const count = inScope.value.length;
  const isKnown = app.library.collections.value.some((one) => one.id === scope);
  return (
    <section aria-labelledby="sources-heading">
      <h2>
        <span id="sources-heading">{t('library.sources')}</span>
        <span class="row">
          {count > 1 && !selection.value && <button type="button" class="textual" onClick={() => { selection.value = new Set(); }}>{t('library.select')}</button>}
          {count > 1 && <MenuButton class="textual" label={`${t('library.sort')}: ${t(`library.sort-${order.value}`)}`} items={() => sortOrders.map((one) => ({ label: t(`library.sort-${one}`), checked: one === order.value, run: () => { order.value = one; } }))}>{t(`library.sort-${order.value}`)}</MenuButton>}
        </span>
      </h2>
      <div class="tools">
        {!areWaysInShown(app) && <><AddButtons /><PasteForm /></>}
        {count > 1 && <input class="field" type="search" aria-label={t('library.filter')} placeholder={t('library.filter-hint', { count })} value={filter.value} onInput={(event) => { filter.value = event.currentTarget.value; }} />}
      </div>
      {selection.value && <SelectionBar selection={selection} shown={shown.value} />}
      {count === 0 && (scope === undefined || isKnown) && <p class="nil">{t(scope === undefined ? 'library.empty' : 'library.empty-collection')}</p>}
      {count > 0 && shown.value.length === 0 && <p class="nil">{t('library.none-match')}</p>}
      {shown.value.length > 0 && <SourceList sources={shown.value} scroller={scroller} selection={selection} busy={inScope.value.some(isPending)} />}
    </section>
  );
}
