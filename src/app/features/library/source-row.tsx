import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Source } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { isPending } from '../../model/library.ts';
import { Link } from '../../router/link.tsx';
import { Dots } from '../../ui/dots.tsx';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { MenuButton, type MenuItem } from '../../ui/menu.tsx';
import { FailureCard } from './failure-card.tsx';
import { downloadOriginal, moveSources, removeSources } from './source-actions.ts';
import { coverageWords, progressShare, sizeWords, statusWords, typeWords } from './source-words.ts';

type SourceRowProps = {
  source: Source;
  selection: Signal<ReadonlySet<DocumentId> | undefined>;
  /** What it is known by besides its title. */
  fileName: string | undefined;
  /** Whether it is the only one that failed; it is told in full, several in a line each. */
  onlyFailure: boolean;
  /** Its place in the whole list, where not all of it is in the document. */
  place: { at: number; of: number } | undefined;
};

/** A source: title, type and size, state in words, coverage; or why it failed. */
export function SourceRow({ source, selection, fileName, onlyFailure, place }: SourceRowProps) {
  const app = useApp();
  const editing = useSignal<'title' | 'tags' | undefined>(undefined);
  const route = app.router.route.value;
  const isOpen = route.page === 'source' && route.source === source.id;
  const status = statusWords(source);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => { if (isOpen) row.current?.scrollIntoView({ block: 'nearest' }); }, [isOpen]);
  return (
    <li ref={row} class={isOpen ? 'open' : undefined} aria-label={[source.title, fileName, status].filter(Boolean).join(', ')} aria-posinset={place?.at} aria-setsize={place?.of}>
      {selection.value && <SelectBox source={source} selection={selection} />}
      {editing.value && <RowEdit source={source} what={editing.value} onEnd={() => { editing.value = undefined; }} />}
      {!editing.value && source.state === 'failed' && <FailureCard source={source} open={onlyFailure} />}
      {!editing.value && source.state !== 'failed' && <RowText source={source} status={status} fileName={fileName} />}
      {!editing.value && <MenuButton class="dots" label={t('library.row-actions', { title: source.title })} items={() => rowActions(app, source, (what) => { editing.value = what; })}><Dots /></MenuButton>}
    </li>
  );
}

type RowTextProps = { source: Source; status: string; fileName: string | undefined };

function RowText({ source, status, fileName }: RowTextProps) {
  const { router } = useApp();
  const share = progressShare(source);
  const coverage = coverageWords(source);
  const kind = fileName ?? typeWords(source);
  // While work goes on the status is long; what it leaves out comes back with "ready", on one line all the time.
  const facts = source.state === 'searchable-by-keyword' ? [fileName] : source.state === 'reading' ? [kind] : [kind, sizeWords(source)];
  const meta = [...facts, status].filter(Boolean).join(' · ');
  return (
    <Link class="item" to={{ page: 'source', collection: source.collection, source: source.id }} place={router.place.value}>
      <span class="name" dir="auto">{source.title}</span>
      <span class="meta">{meta}</span>
      {share !== undefined && <progress value={share} max={1} aria-label={t('library.source-progress', { title: source.title, status })} />}
      {coverage && <span class="meta">{coverage}</span>}
      {source.tags.length > 0 && <span class="meta">{source.tags.join(', ')}</span>}
    </Link>
  );
}

function SelectBox({ source, selection }: Pick<SourceRowProps, 'source' | 'selection'>) {
  const toggle = (on: boolean) => {
    const next = new Set(selection.value);
    if (on) next.add(source.id);
    else next.delete(source.id);
    selection.value = next;
  };
  return <input class="select-box" type="checkbox" aria-label={t('library.select-source', { title: source.title })} checked={selection.value?.has(source.id) ?? false} onChange={(event) => toggle(event.currentTarget.checked)} />;
}

function RowEdit({ source, what, onEnd }: { source: Source; what: 'title' | 'tags'; onEnd: () => void }) {
  const { engine, fail } = useApp();
  const save = (text: string) => {
    onEnd();
    if (what === 'tags') engine.tagSource(source.id, splitTags(text)).catch(fail);
    else if (text !== '') engine.renameSource(source.id, text).catch(fail);
  };
  const label = t(what === 'title' ? 'library.new-title' : 'library.edit-tags', { title: source.title });
  return <InlineEdit label={label} value={what === 'title' ? source.title : source.tags.join(', ')} placeholder={what === 'tags' ? t('library.tags-hint') : ''} onDone={save} onCancel={onEnd} />;
}

function splitTags(text: string): string[] {
  return [...new Set(text.split(/[,;，、]/).map((tag) => tag.trim()).filter(Boolean))];
}

function rowActions(app: App, source: Source, edit: (what: 'title' | 'tags') => void): MenuItem[] {
  const { engine, router, library, fail } = app;
  const others = library.collections.value.filter((one) => one.id !== source.collection);
  const items: MenuItem[] = [
    { label: t('library.open'), run: () => router.navigate({ page: 'source', collection: source.collection, source: source.id }, { place: router.place.value }) },
    { label: t('library.rename'), run: () => edit('title') },
    { label: t('library.tags'), run: () => edit('tags') },
    ...others.map((one, index) => ({ label: t('library.move-to', { collection: one.name }), startsGroup: index === 0, run: () => void moveSources(app, [source], one.id, one.name) })),
  ];
  if (isPending(source)) items.push({ label: t('library.cancel'), startsGroup: true, run: () => { engine.cancelSource(source.id).catch(fail); } });
  else if (source.hasOriginal) items.push({ label: t('library.read-again'), startsGroup: true, run: () => { engine.retrySource(source.id).catch(fail); } });
  if (source.hasOriginal) items.push({ label: t('library.download'), run: () => void downloadOriginal(app, source) });
  items.push({ label: t('library.remove'), startsGroup: true, run: () => void removeSources(app, [source]) });
  return items;
}
