import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { BenchRow } from '#core/bench/bench-protocol.ts';
import { AppContext, type App } from '../../app-context.ts';
import { createApp } from '../../create-app.ts';
import { createFakeEngine } from '../../test-engine/fake-engine.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import { benchRun } from './bench-run.ts';
import { BenchmarkPage } from './benchmark-page.tsx';

const row = (change: Partial<BenchRow>): BenchRow => ({ name: 'query', group: 'query', unit: 'ms', median: 21.4, p95: 30, samples: 40, low: 20, high: 22, ...change });
const infos = [row({}), row({ name: 'scan', group: 'vectors', unit: 'share' }), row({ name: 'embed', group: 'vectors', unit: 'passages/s' })].map(({ name, group, unit }) => ({ name, group, unit }));

let app: App;
let root: HTMLElement;

beforeEach(async () => {
  await page.viewport(1280, 860);
  root = document.body.appendChild(document.createElement('div'));
  app = createApp(createFakeEngine({ stepMs: 1 }));
  benchRun.benchmarks.value = infos;
  benchRun.state.value = 'idle';
  render(h(AppContext.Provider, { value: app }, h(BenchmarkPage, null)), root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  app.router.dispose();
});

const button = () => page.getByRole('button', { name: 'Run the benchmark' });
const cells = (name: string) => [...(page.getByRole('row', { name: new RegExp(`^${name}`) }).element().querySelectorAll('td'))];

it('names what can be measured in plain words', async () => {
  await expect.element(page.getByRole('checkbox', { name: 'From a question to passages' })).toBeChecked();
  await expect.element(page.getByRole('checkbox', { name: 'Search by meaning' })).toBeChecked();
});

it('cannot be started twice, and shows figures with their unit and goal in their rows as they come', async () => {
  const ground = () => getComputedStyle(button().element()).backgroundColor;
  await expect.element(button()).toBeEnabled();
  const ready = ground();
  benchRun.state.value = 'running';
  benchRun.chosen.value = infos.map(({ name }) => name);
  benchRun.progress.value = { name: 'scan', done: 1, total: 3 };
  benchRun.rows.value = [row({ goal: { of: 'p95', atMost: 25, met: false } })];
  await expect.element(button()).toBeDisabled();
  await expect.poll(ground).not.toBe(ready);
  expect(cells('query').map((cell) => cell.textContent)).toEqual(['21.4 ms', '30 ms', '40', '95 in 100 at most 25 ms: missed']);
  expect(cells('query').slice(0, 3).map((cell) => getComputedStyle(cell).textAlign)).toEqual(['end', 'end', 'end']);
  expect(cells('scan').map((cell) => cell.textContent)).toEqual(['being measured']);
  expect(cells('embed').map((cell) => cell.textContent)).toEqual(['waiting']);
  benchRun.rows.value = [...benchRun.rows.value, row({ name: 'scan', group: 'vectors', unit: 'share', median: 0.998, p95: 1, goal: { of: 'median', atLeast: 0.99, met: true } })];
  benchRun.failures.value = [{ name: 'embed', message: 'no memory' }];
  benchRun.progress.value = undefined;
  benchRun.state.value = 'idle';
  await expect.element(button()).toBeEnabled();
  await expect.poll(ground).toBe(ready);
  expect(cells('scan').map((cell) => cell.textContent)).toEqual(['99.8 %', '100 %', '40', 'median at least 99 %: met']);
  expect(cells('embed').map((cell) => cell.textContent)).toEqual(['could not be measured on this device']);
  const { violations } = await axe.run(root, { rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false }, region: { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});
