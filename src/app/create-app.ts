import type { AnswerEvent } from '#core/answer/answer-types.ts';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { toWireError } from '#core/errors/app-error.ts';
import type { App } from './app-context.ts';
import { createAdding } from './features/adding/adding.ts';
import { doubtWords, notFoundWords } from './features/answers/answer-words.ts';
import { createQuestionBox } from './features/answers/question-box-state.ts';
import { expectWriter } from './features/answers/writers.ts';
import { createSampleAsker } from './features/first-visit/sample-asker.ts';
import { currentScope } from './features/library/scope.ts';
import { followRoute } from './features/shell/follow-route.ts';
import { createAnnouncer } from './model/announcer.ts';
import { createConversations } from './model/conversations.ts';
import { createLayout } from './model/layout.ts';
import { createLibrary } from './model/library.ts';
import { createNotices } from './model/notices.ts';
import { createTheme } from './model/theme.ts';
import { createOffline } from './offline/offline.ts';
import { createRouter } from './router/router.ts';
import { t } from './messages/t.ts';
import { errorText } from './ui/error-text.ts';

/** Makes every part of the page over an engine and follows the address; `main.ts` and tests render it. */
export function createApp(engine: EngineApi): App {
  const router = createRouter(window);
  const library = createLibrary();
  const announcer = createAnnouncer();
  const notices = createNotices();
  const layout = createLayout(localStorage);
  const conversations = createConversations(engine, {
    expectWriter: (generator) => expectWriter({ library }, generator),
    onBegun(id) { router.navigate({ page: 'chat', conversation: id }); },
    onEvent(event) {
      const words = spokenWords(event);
      if (words !== undefined) announcer.say(words);
    },
    onEnd(turn) {
      if (turn.state === 'not-found') announcer.say(notFoundWords(turn));
    },
  });
  const fail = (thrown: unknown) => {
    const { code } = toWireError(thrown);
    if (code !== 'aborted') notices.show({ kind: 'alert', text: errorText(code), code });
  };
  const adding = createAdding({ engine, library, router, announcer, notices, scope: () => currentScope({ router, conversations }) });
  followRoute({ router, conversations, layout });
  const question = createQuestionBox();
  const samples = createSampleAsker({ adding, library, conversations, question, router, layout });
  return { engine, router, library, conversations, adding, samples, notices, announcer, layout, fail, theme: createTheme(document.documentElement, localStorage), offline: createOffline(window), question };
}

/** What a screen reader is told of an answer being made: each sentence as it stands, with what is doubtful in it. */
function spokenWords(event: AnswerEvent): string | undefined {
  if (event.kind === 'sentence') return event.sentence.text;
  if (event.kind === 'writing') return t('written.announce', { model: event.title });
  if (event.kind !== 'written' || !event.sentence) return undefined;
  return [event.sentence.text, doubtWords(event.sentence)].filter(Boolean).join(' ');
}
