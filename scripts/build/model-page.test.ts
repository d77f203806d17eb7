import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type AppDeps } from '../../server/app.ts';
import { listen } from '../../server/listen.ts';
import { openModelFolder } from '../../server/models/model-folder.ts';
import { chromiumFlags, findChromium } from '../find-chromium.mjs';
import { engineChunkNames } from './engine-chunks.ts';
import { externOrtConditions, ortAssets } from './ort-assets.ts';
import { ortVersion, runtimeVersionDefines } from './runtime-versions.ts';
import { serviceWorker } from './service-worker.ts';

const root = resolve(import.meta.dirname, 'fixtures', 'model-page');
const models = resolve('fixtures', 'models');
const right = { dims: [1, 11, 32], threads: 2 };
let outDir = '';
let servers: Server[] = [];
let port = 0;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** The build's own plugins over a page that does nothing but run the smallest model. */
async function buildPage(): Promise<void> {
  const publicDir = join(outDir, 'public');
  mkdirSync(join(publicDir, 'models', 'alcove-test'), { recursive: true });
  cpSync(join(models, 'alcove-test', 'tiny-bert'), join(publicDir, 'models', 'alcove-test', 'tiny-bert'), { recursive: true });
  await build({
    root,
    publicDir,
    configFile: false,
    logLevel: 'error',
    plugins: [ortAssets(), serviceWorker()],
    define: runtimeVersionDefines,
    resolve: { conditions: externOrtConditions },
    worker: { format: 'es', rolldownOptions: { output: engineChunkNames } },
    build: { outDir: join(outDir, 'page'), target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
}

function runModel(ortBuild: string): Promise<unknown> {
  return page.evaluate((name) => (window as unknown as { runModel(name: string): Promise<unknown> }).runModel(name), ortBuild);
}

async function serve(settings: Pick<AppDeps, 'hub'> = {}): Promise<void> {
  const folder = await openModelFolder(models, { log: () => {} });
  ({ port, servers } = await listen(createApp({ pageRoot: join(outDir, 'page'), models: folder, log: () => {}, ...settings }), port));
}

function stopServers(): void {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
}

beforeAll(async () => {
  outDir = mkdtempSync(join(tmpdir(), 'alcove-model-page-'));
  await buildPage();
  await serve();
  const executablePath = findChromium();
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags });
  page = await browser.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`http://localhost:${port}/`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  stopServers();
  rmSync(outDir, { recursive: true, force: true });
});

describe('a model in a worker of a worker, as built and served', () => {
  it.each(['', '.asyncify', '.jspi'])('runs with two threads under the whole policy in the build "%s" of ONNX Runtime', async (ortBuild) => {
    expect(await runModel(ortBuild)).toEqual(right);
    expect(complaints.filter((text) => /policy|trusted/i.test(text))).toEqual([]);
  });

  it('leaves what models need out of what every visitor stores, and keeps what was used', async () => {
    await page.evaluate(() => caches.delete('alcove-on-demand'));
    await page.reload();
    expect(await runModel('')).toEqual(right);
    const stored = await page.evaluate(async () => {
      const lists = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys().then((keys) => keys.map(({ url }) => `${name} ${new URL(url).pathname}`))));
      return lists.flat().filter((entry) => /ort|engines/.test(entry)).toSorted();
    });
    expect(stored).toEqual([
      expect.stringMatching(/^alcove-on-demand \/assets\/engines\/transformers\.web-[\w-]{8}\.js$/),
      `alcove-on-demand /ort/${ortVersion}/ort-wasm-simd-threaded.mjs`,
      `alcove-on-demand /ort/${ortVersion}/ort-wasm-simd-threaded.wasm`,
    ]);
  });

  it('lets parts of a served model through as they are, and stores none of them', async () => {
    const path = '/models/alcove-test/tiny-bert/resolve/main/config.json';
    const [status, length, isStored] = await page.evaluate(async (url) => {
      const part = await fetch(url, { headers: { Range: 'bytes=0-9' } });
      return [part.status, (await part.text()).length, (await caches.match(url)) !== undefined];
    }, path);
    expect([status, length, isStored]).toEqual([206, 10, false]);
  });

  it('runs again after a reload without the server', async () => {
    stopServers();
    await page.reload();
    expect(await runModel('')).toEqual(right);
    expect(await runModel('.jspi')).toHaveProperty('error');
  });

  it('brings a changed policy to those who were here before, with pages and workers, as an update', async () => {
    await serve({ hub: null });
    const reachable = () =>
      page.evaluate(async () => {
        const paths = ['/index.html', ...performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.startsWith('/assets/'))];
        const policies = await Promise.all(paths.map(async (path) => (await fetch(path)).headers.get('Content-Security-Policy') ?? ''));
        return policies.map((policy) => /connect-src ([^;]*);/.exec(policy)?.[1]);
      });
    expect(new Set(await reachable())).toEqual(new Set(["'self' https://huggingface.co https://*.hf.co"]));
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const taken = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
      const update = await registration.update();
      const found = update.installing ?? update.waiting;
      if (found?.state === 'installing') await new Promise((done) => found.addEventListener('statechange', done, { once: true }));
      registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
      await taken;
    });
    await page.reload();
    expect(await runModel('')).toEqual(right);
    expect(new Set(await reachable())).toEqual(new Set(["'self'"]));
  });
});
