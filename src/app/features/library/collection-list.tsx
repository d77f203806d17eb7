import { useSignal, type Signal } from '@preact/signals';
import type { Collection } from '#core/engine/engine-api.ts';
import type { CorpusId } from '#core/ids.ts';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { undoLifeMs } from '../../model/notices.ts';
import { Link } from '../../router/link.tsx';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { Dots } from '../../ui/dots.tsx';
import { currentScope } from './scope.ts';

/** All collections, the one in scope marked; made, renamed and removed in place. */
export function CollectionList() {
  const app = useApp();
  const editing = useSignal<CorpusId | 'new' | undefined>(undefined);
  const leaving = useSignal<ReadonlySet<CorpusId>>(new Set());
  const scope = currentScope(app);
  const { collections, sources } = app.library;
  const shown = collections.value.filter((one) => !leaving.value.has(one.id));
  const create = (name: string) => {
    editing.value = undefined;
    if (name !== '') app.engine.createCollection(name).then(({ id }) => app.router.navigate({ page: 'collection', collection: id }), app.fail);
  };
  return (
    <section aria-labelledby="collections-heading">
      <h2><span id="collections-heading">{t('library.collections')}</span><button type="button" class="textual" aria-label={t('library.new-collection')} onClick={() => { editing.value = 'new'; }}>{t('library.new')}</button></h2>
      <ul class="collections" aria-labelledby="collections-heading">
        <li><Link to={{ page: 'home' }} aria-current={scope === undefined ? 'true' : undefined}><span>{t('library.all')}</span> <span class="num">{sources.value.size}</span></Link></li>
        {shown.map((one) => (
          <li key={one.id}>
            {editing.value === one.id
              ? <InlineEdit label={t('library.collection-name')} value={one.name} onCancel={() => { editing.value = undefined; }} onDone={(name) => { editing.value = undefined; if (name) app.engine.renameCollection(one.id, name).catch(app.fail); }} />
              : <CollectionRow one={one} current={scope === one.id} onRename={() => { editing.value = one.id; }} onRemove={() => removeLater(app, one, leaving)} />}
          </li>
        ))}
        {editing.value === 'new' && <li><InlineEdit label={t('library.collection-name')} placeholder={t('library.collection-name')} value="" onDone={create} onCancel={() => { editing.value = undefined; }} /></li>}
      </ul>
    </section>
  );
}

type RowProps = { one: Collection; current: boolean; onRename: () => void; onRemove: () => void };

function CollectionRow({ one, current, onRename, onRemove }: RowProps) {
  return (
    <>
      <Link to={{ page: 'collection', collection: one.id }} aria-current={current ? 'true' : undefined}><span>{one.name}</span> <span class="num">{one.sources}</span></Link>
      <MenuButton class="dots" label={t('library.collection-actions', { name: one.name })} items={() => [{ label: t('library.rename'), run: onRename }, { label: t('library.remove'), run: onRemove }]}><Dots /></MenuButton>
    </>
  );
}

/** Hides the collection at once and removes it when the way back has closed; a page that ends before then keeps it. */
function removeLater({ engine, notices, router, fail }: App, one: Collection, leaving: Signal<ReadonlySet<CorpusId>>): void {
  leaving.value = new Set([...leaving.value, one.id]);
  router.navigate({ page: 'home' });
  const bringBack = () => { leaving.value = new Set([...leaving.value].filter((id) => id !== one.id)); };
  notices.show({
    kind: 'status',
    text: t('library.collection-removed', { name: one.name }),
    action: { label: t('library.undo'), run: bringBack },
    onGone: () => { engine.removeCollection(one.id).catch((thrown: unknown) => { bringBack(); fail(thrown); }); },
  }, undoLifeMs);
}
