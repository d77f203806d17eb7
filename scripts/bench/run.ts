import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build, preview, type PreviewServer } from 'vite';
import type { BenchEvent, BenchInfo, BenchRow } from '#core/bench/bench-protocol.ts';
import { externOrtConditions, ortAssets } from '../build/ort-assets.ts';
import { runtimeVersionDefines } from '../build/runtime-versions.ts';
import { chromiumFlags, findChromium } from '../find-chromium.mjs';
import type { Benchmark } from '../../bench/benchmark.ts';
import { formatTable } from '../../bench/format-table.ts';
import { runBenchmark } from '../../bench/run-benchmark.ts';
import { pageBenchmarks } from './page-benchmarks.ts';
import { benchModels } from './serve-bench-models.ts';

/**
 * `npm run bench [-- --only TEXT ...] [--json FILE] [--list]`: builds the bench page, opens it in headless Chromium and runs
 * the benchmarks whose name or group contains one of the texts (all by default) in a worker; then those of the whole page. The exit code is 1 when one
 * failed to run; a missed goal is shown in the table.
 */
const { values: options } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string', multiple: true }, list: { type: 'boolean' } },
});

const root = resolve(import.meta.dirname, '../..');
const outDir = join(root, 'node_modules/.cache/bench');
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

async function serve(): Promise<PreviewServer> {
  const config = {
    root, configFile: false as const, logLevel: 'warn' as const, build: { outDir },
    plugins: [ortAssets(), benchModels()], resolve: { conditions: externOrtConditions }, define: runtimeVersionDefines,
  };
  await build({
    ...config,
    worker: { format: 'es' },
    build: {
      outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, 'bench/headless.html') },
    },
  });
  return preview({ ...config, preview: { host: '127.0.0.1', port: 0, headers } });
}

/** The page's own events, and the benchmarks chosen by `--only`. */
async function runInPage(page: Page, address: string): Promise<{ rows: BenchRow[]; failures: number }> {
  const rows: BenchRow[] = [];
  let failures = 0;
  let finish: (value: { rows: BenchRow[]; failures: number }) => void;
  const finished = new Promise<{ rows: BenchRow[]; failures: number }>((done) => {
    finish = done;
  });
  const send = (request: object): Promise<void> => page.evaluate((message) => window.sendBenchRequest(message as never), request);
  await page.exposeFunction('onBenchEvent', (event: BenchEvent) => {
    if (event.kind === 'list') void start(event.benchmarks, send);
    else if (event.kind === 'progress') console.error(`[${event.done + 1}/${event.total}] ${event.name}: ${event.step}`);
    else if (event.kind === 'row') rows.push(event.row);
    else if (event.kind === 'skipped') console.error(`${event.name} skipped: ${event.reason}`);
    else if (event.kind === 'failed') {
      failures += 1;
      console.error(`${event.name} failed: ${event.message}`);
    } else if (event.kind === 'done') finish({ rows, failures });
  });
  page.on('pageerror', (error) => console.error(error));
  await page.goto(address);
  await send({ kind: 'list' });
  return finished;
}

function isChosen({ name, group }: { name: string; group: string }): boolean {
  return options.only?.some((text) => `${group} ${name}`.includes(text)) ?? true;
}

/** The benchmarks that need the whole page, each in a browser profile of its own. */
async function runOnPage(benchmarks: readonly Benchmark[]): Promise<{ rows: BenchRow[]; failures: number }> {
  const rows: BenchRow[] = [];
  let failures = 0;
  const context = {
    report: (step: string) => console.error(step),
    readStaticModel: () => Promise.reject(new Error('the page reads its own model')),
    share: <Value,>(_key: string, create: () => Promise<Value>) => create(),
  };
  for (const benchmark of benchmarks) {
    console.error(benchmark.name);
    try {
      const row = await runBenchmark(benchmark, { context });
      if (row) rows.push(row);
    } catch (error) {
      failures += 1;
      console.error(`${benchmark.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { rows, failures };
}

async function start(all: readonly BenchInfo[], send: (request: object) => Promise<void>): Promise<void> {
  const chosen = all.filter(isChosen);
  if (options.list) for (const { name, group, unit } of chosen) console.log(`${group}: ${name} (${unit})`);
  if (options.list) for (const { name, group, unit = 'ms' } of pageBenchmarks.filter(isChosen)) console.log(`${group}: ${name} (${unit})`);
  await send({ kind: 'run', names: options.list ? [] : chosen.map(({ name }) => name) });
}

async function main(): Promise<number> {
  const server = await serve();
  // A profile on disk: what a private window keeps in IndexedDB lies in memory and would flatter the figures.
  const profile = await mkdtemp(join(tmpdir(), 'alcove-bench-'));
  const executablePath = findChromium();
  const browser = await chromium.launchPersistentContext(profile, { headless: true, args: chromiumFlags, ...(executablePath && { executablePath }) });
  try {
    const address = `${server.resolvedUrls?.local[0] ?? ''}bench/headless.html`;
    const inWorker = await runInPage(await browser.newPage(), address);
    const onPage = await runOnPage(options.list ? [] : pageBenchmarks.filter(isChosen));
    const rows = [...inWorker.rows, ...onPage.rows];
    const failures = inWorker.failures + onPage.failures;
    if (!options.list) console.log(`${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Chromium ${browser.browser()?.version() ?? ''}\n\n${formatTable(rows)}`);
    if (options.json) await writeFile(options.json, `${JSON.stringify(rows, null, 2)}\n`);
    return failures > 0 ? 1 : 0;
  } finally {
    await browser.close();
    await new Promise((closed) => server.httpServer.close(closed));
    await rm(profile, { recursive: true, force: true });
  }
}

process.exitCode = await main();
