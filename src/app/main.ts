import { effect, signal } from '@preact/signals';
import { h, render } from 'preact';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { toWireError } from '#core/errors/app-error.ts';
import { AppContext, type App } from './app-context.ts';
import { createEngineBridge } from './engine/engine-bridge.ts';
import { startEngineWorker } from './engine/start-engine-worker.ts';
import { createAdding } from './features/adding/adding.ts';
import { takeLaunchedFiles } from './features/adding/take-launched-files.ts';
import { createQuestionBox } from './features/answers/question-box-state.ts';
import { followRoute } from './features/shell/follow-route.ts';
import { currentScope } from './features/library/scope.ts';
import { probeDevice, type Device } from './features/models/probe-device.ts';
import { Shell } from './features/shell/shell.tsx';
import { t } from './messages/t.ts';
import { createAnnouncer } from './model/announcer.ts';
import { createConversations } from './model/conversations.ts';
import { createLayout } from './model/layout.ts';
import { createLibrary } from './model/library.ts';
import { createNotices } from './model/notices.ts';
import { createTheme } from './model/theme.ts';
import { createOffline } from './offline/offline.ts';
import { createRouter } from './router/router.ts';
import { installTrustedTypes } from './trusted-types.ts';
import { errorText } from './ui/error-text.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';

/** Makes every part of the page over an engine; the only place of the page that constructs. */
function createApp(engine: EngineApi): App {
  const router = createRouter(window);
  const library = createLibrary();
  const announcer = createAnnouncer();
  const notices = createNotices();
  const layout = createLayout(localStorage);
  const device = signal<Device | undefined>(undefined);
  const conversations = createConversations(engine, {
    onBegun(id) { router.navigate({ page: 'chat', conversation: id }); },
    onEvent(event) {
      if (event.kind === 'sentence') announcer.say(event.sentence.text);
    },
    onEnd(turn) {
      if (turn.state === 'not-found') announcer.say(t('answers.not-found'));
    },
  });
  const fail = (thrown: unknown) => {
    const { code } = toWireError(thrown);
    if (code !== 'aborted') notices.show({ kind: 'alert', text: errorText(code), code });
  };
  const adding = createAdding({ engine, library, router, announcer, scope: () => currentScope({ router, conversations }) });
  void probeDevice(navigator).then((probed) => { device.value = probed; });
  return { engine, router, library, conversations, adding, notices, announcer, layout, device, fail, theme: createTheme(document.documentElement, localStorage), offline: createOffline(window), question: createQuestionBox() };
}

async function createEngine(): Promise<EngineApi> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fake')) {
    const { createFakeEngine } = await import('./test-engine/fake-engine.ts');
    return createFakeEngine();
  }
  return createEngineBridge(startEngineWorker).engine;
}

async function main(): Promise<void> {
  installTrustedTypes(window);
  const app = createApp(await createEngine());
  followRoute(app);
  effect(() => { document.title = app.conversations.current.value.title.value === '' ? 'Alcove' : `${app.conversations.current.value.title.value} · Alcove`; });
  render(h(AppContext.Provider, { value: app }, h(Shell, null)), document.querySelector('#app') ?? document.body);
  const opened = app.library.open(app.engine, app.fail);
  opened.catch(app.fail);
  takeLaunchedFiles(window, (files) => { opened.then(() => app.adding.addFiles(files)).catch(app.fail); });
  if (import.meta.env.PROD) app.offline.register('/sw.js').catch(() => {});
}

void main();
