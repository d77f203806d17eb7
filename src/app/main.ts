// The ground first: what a feature says of its own parts comes after and wins.
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import { effect } from '@preact/signals';
import { h, render } from 'preact';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { AppContext } from './app-context.ts';
import { createApp } from './create-app.ts';
import { createEngineBridge } from './engine/engine-bridge.ts';
import { startEngineWorker } from './engine/start-engine-worker.ts';
import { takeLaunchedFiles } from './features/adding/take-launched-files.ts';
import { Shell } from './features/shell/shell.tsx';
import { installTrustedTypes } from './trusted-types.ts';

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
  effect(() => { document.title = app.conversations.current.value.title.value === '' ? 'Alcove' : `${app.conversations.current.value.title.value} · Alcove`; });
  render(h(AppContext.Provider, { value: app }, h(Shell, null)), document.querySelector('#app') ?? document.body);
  const opened = app.library.open(app.engine, app.fail);
  opened.catch(app.fail);
  takeLaunchedFiles(window, (files) => { opened.then(() => app.adding.addFiles(files)).catch(app.fail); });
  if (import.meta.env.PROD) app.offline.register('/sw.js').catch(() => {});
}

void main();
