import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { AlcovePage } from '../../e2e/alcove-page.ts';
import { type AlcoveServer, startAlcoveServer } from '../alcove-server.ts';
import { chromiumFlags, findChromium } from '../find-chromium.mjs';

export type OpenAlcove = { app: AlcovePage; page: Page; context: BrowserContext; server: AlcoveServer; profile: string };

declare global {
  interface Window {
    /** Milliseconds of every task of the page's thread over 50 ms (Long Tasks API) since the last reset. */
    longTasksMs: number[];
  }
}

/** A fresh browser profile with the built page of a server of its own in it, not yet opened. */
export async function prepareAlcove(): Promise<OpenAlcove> {
  const server = await startAlcoveServer();
  const profile = await mkdtemp(join(tmpdir(), 'alcove-page-bench-'));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, { args: chromiumFlags, ...(executablePath && { executablePath }) });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.addInitScript(() => {
    window.longTasksMs = [];
    new PerformanceObserver((list) => window.longTasksMs.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return { app: new AlcovePage(page), page, context, server, profile };
}

export async function closeAlcove({ context, server, profile }: OpenAlcove): Promise<void> {
  await context.close();
  await server.stop();
  await rm(profile, { recursive: true, force: true });
}
