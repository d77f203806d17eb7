import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ConversationSummary } from '#core/engine/engine-api.ts';
import type { ConversationId } from '#core/ids.ts';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { undoLifeMs } from '../../model/notices.ts';
import { Link } from '../../router/link.tsx';
import { Dots } from '../../ui/dots.tsx';
import { formatMoment } from '../../ui/format.ts';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { MenuButton } from '../../ui/menu.tsx';

/** Conversations whose way back after Remove is still open; they are not listed meanwhile. */
const leaving = new Set<ConversationId>();

/** The kept conversations, newest first, searched by title, renamed and removed in place. */
export function HistoryPanel({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const filter = useSignal('');
  const editing = useSignal<ConversationId | undefined>(undefined);
  const changed = useSignal(0);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.querySelector('input')?.focus();
  }, []);
  const words = filter.value.toLowerCase().trim();
  const shown = app.library.conversations.value
    .filter((one) => changed.value >= 0 && !leaving.has(one.id) && one.title.toLowerCase().includes(words))
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <section ref={panel} class="history" aria-label={t('answers.history')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onClose(); } }}>
      <div class="row">
        <input class="field" type="search" aria-label={t('answers.history-search')} placeholder={t('answers.history-search')} value={filter.value} onInput={(event) => { filter.value = event.currentTarget.value; }} />
        <button type="button" class="button bare" onClick={onClose}>{t('library.close')}</button>
      </div>
      {shown.length === 0 && <p class="nil">{t('answers.history-none')}</p>}
      <ul aria-label={t('answers.history-list')}>
        {shown.map((one) => (
          <li key={one.id}>
            {editing.value === one.id
              ? <InlineEdit label={t('answers.rename-label')} value={one.title} onCancel={() => { editing.value = undefined; }} onDone={(title) => { editing.value = undefined; if (title) app.engine.renameConversation(one.id, title).catch(app.fail); }} />
              : <HistoryRow app={app} one={one} editing={editing} onClose={onClose} onChanged={() => { changed.value += 1; }} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

type HistoryRowProps = { app: App; one: ConversationSummary; editing: Signal<ConversationId | undefined>; onClose: () => void; onChanged: () => void };

function HistoryRow({ app, one, editing, onClose, onChanged }: HistoryRowProps) {
  const collection = one.collection === undefined ? t('library.all') : app.library.collections.value.find(({ id }) => id === one.collection)?.name;
  const meta = [t('answers.turns', { count: one.turns }), collection, formatMoment(one.updatedAt)].filter(Boolean).join(' · ');
  return (
    <>
      <Link class="item" to={{ page: 'chat', conversation: one.id }} onClick={onClose}><span class="name" dir="auto">{one.title}</span><span class="meta">{meta}</span></Link>
      <MenuButton class="dots" label={t('library.row-actions', { title: one.title })} items={() => [{ label: t('library.rename'), run: () => { editing.value = one.id; } }, { label: t('library.remove'), run: () => removeLater(app, one, onChanged) }]}><Dots /></MenuButton>
    </>
  );
}

/** Hides the conversation at once and removes it when the way back has closed. */
function removeLater({ engine, notices, router, conversations, fail }: App, one: ConversationSummary, onChanged: () => void): void {
  leaving.add(one.id);
  onChanged();
  if (conversations.current.value.id.value === one.id) router.navigate({ page: 'home' });
  const bringBack = () => { leaving.delete(one.id); onChanged(); };
  notices.show({
    kind: 'status',
    text: t('library.collection-removed', { name: one.title }),
    action: { label: t('library.undo'), run: bringBack },
    onGone: () => { engine.removeConversation(one.id).catch((thrown: unknown) => { bringBack(); fail(thrown); }); },
  }, undoLifeMs);
}
