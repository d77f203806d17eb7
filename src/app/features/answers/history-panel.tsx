import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ConversationSummary } from '#core/engine/engine-api.ts';
import type { ConversationId } from '#core/ids.ts';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { Link } from '../../router/link.tsx';
import { Dots } from '../../ui/dots.tsx';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { conversationFacts, keptConversations, removeConversationLater } from './kept-conversations.ts';

/** The kept conversations, newest first, searched by title, renamed and removed in place. */
export function HistoryPanel({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const filter = useSignal('');
  const editing = useSignal<ConversationId | undefined>(undefined);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.querySelector('input')?.focus();
  }, []);
  const words = filter.value.toLowerCase().trim();
  const shown = keptConversations(app).filter((one) => one.title.toLowerCase().includes(words));
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
              : <HistoryRow app={app} one={one} editing={editing} onClose={onClose} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

type HistoryRowProps = { app: App; one: ConversationSummary; editing: Signal<ConversationId | undefined>; onClose: () => void };

function HistoryRow({ app, one, editing, onClose }: HistoryRowProps) {
  return (
    <>
      <Link class="item" to={{ page: 'chat', conversation: one.id }} onClick={onClose}><span class="name" dir="auto">{one.title}</span><span class="meta">{conversationFacts(app, one)}</span></Link>
      <MenuButton class="dots" label={t('library.row-actions', { title: one.title })} items={() => [{ label: t('library.rename'), run: () => { editing.value = one.id; } }, { label: t('library.remove'), run: () => removeConversationLater(app, one) }]}><Dots /></MenuButton>
    </>
  );
}
