import { useSignal } from '@preact/signals';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { Talk } from '../../model/conversations.ts';
import { InlineEdit } from '../../ui/inline-edit.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { currentScope } from '../library/scope.ts';
import { exportConversation } from './export-actions.ts';
import { HistoryPanel } from './history-panel.tsx';
import { keptConversations, removeConversationLater } from './kept-conversations.ts';

/** The conversation's title, its history and a new one. */
export function ConversationHead({ talk }: { talk: Talk }) {
  const app = useApp();
  const { engine, library, layout, fail } = app;
  const history = useSignal(false);
  const renaming = useSignal(false);
  const id = talk.id.value;
  const title = library.conversations.value.find((one) => one.id === id)?.title ?? talk.title.value;
  const rename = (text: string) => {
    renaming.value = false;
    if (!id || text === '') return;
    talk.title.value = text;
    engine.renameConversation(id, text).catch(fail);
  };
  const begin = () => startNew(app);
  const isBegun = id !== undefined || talk.turns.value.length > 0;
  // An empty conversation's heading is its welcome, which is not there before the library is open.
  const hasWelcome = !isBegun && library.ready.value && talk.state.value === 'ready';
  return (
    <div class="head">
      <button type="button" class="button bare only-drawer" aria-expanded={layout.shown.value === 'library'} onClick={() => { layout.shown.value = 'library'; }}>{t('library.region')}</button>
      <button type="button" class="button bare only-folded" onClick={() => { layout.libraryHidden.value = false; }}>{t('shell.show-library')}</button>
      {renaming.value
        ? <InlineEdit label={t('answers.rename-label')} value={title} onDone={rename} onCancel={() => { renaming.value = false; }} />
        : hasWelcome ? <p class="title quiet">{t('answers.new')}</p> : <h1 class={isBegun ? 'title' : 'title quiet'} dir="auto">{isBegun && title !== '' ? title : t('answers.new')}</h1>}
      {keptConversations(app).length > 0 && <button type="button" class="button bare" aria-expanded={history.value} onClick={() => { history.value = !history.value; }}>{t('answers.history')}</button>}
      {isBegun && <MenuButton class="button bare" items={() => [
        { label: t('library.rename'), run: () => { renaming.value = true; } },
        { label: t('answers.export-markdown'), startsGroup: true, run: () => exportConversation(title, talk.turns.value, 'markdown') },
        { label: t('answers.export-html'), run: () => exportConversation(title, talk.turns.value, 'html') },
        { label: t('answers.export-json'), run: () => exportConversation(title, talk.turns.value, 'json') },
        ...(id ? [{ label: t('answers.remove'), startsGroup: true, run: () => removeConversationLater(app, { id, title }) }] : []),
      ]}>{t('answers.more')}</MenuButton>}
      {isBegun && <button type="button" class="button bare" aria-label={t('answers.new')} onClick={begin}>{t('library.new')}</button>}
      {history.value && <HistoryPanel onClose={() => { history.value = false; }} />}
    </div>
  );
}

/** An empty conversation over the same collection. */
export function startNew(app: ReturnType<typeof useApp>): void {
  const scope = currentScope(app);
  app.router.navigate(scope ? { page: 'collection', collection: scope } : { page: 'home' });
  app.conversations.begin(scope);
  app.layout.shown.value = 'ask';
  app.question.focusRequests.value += 1;
}
