import { type BrowserContext, chromium } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags, findChromium } from '../scripts/find-chromium.mjs';
import { AlcovePage } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';

const kills = Number(process.env['ALCOVE_KILLS'] ?? 20);

/** A text of many passages with one fact at its end, so that reading it takes long enough to be interrupted. */
function longText(index: number): string {
  const filler = Array.from({ length: 1_500 }, (_, line) => `Line ${line} of record ${index} lists crate ${line * 7 + index}.`);
  return `${filler.join('\n\n')}\n\nRecord ${index} was signed by the harbour master number ${index}.`;
}

async function openProfile(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium();
  return chromium.launchPersistentContext(profile, { ...(executablePath && { executablePath }), args: chromiumFlags });
}

/** Ends the browser as a power cut would: no unload, no flush. */
async function kill(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  const closed = new Promise((done) => context.once('close', done));
  await session?.send('Browser.crash').catch(() => {});
  await closed;
}

test(`opens whole after the browser was killed ${kills} times while reading`, async ({ alcove }) => {
  test.setTimeout(60_000 + kills * 15_000);
  const profile = mkdtempSync(join(tmpdir(), 'alcove-kill-'));
  for (let round = 0; round < kills; round += 1) {
    const context = await openProfile(profile);
    const app = new AlcovePage(context.pages()[0] ?? (await context.newPage()));
    await app.open(alcove);
    await app.addFiles([{ name: `record-${round}.txt`, mimeType: 'text/plain', buffer: Buffer.from(longText(round)) }]);
    await expect(app.source(`record-${round}`)).toBeVisible();
    await app.page.waitForTimeout((round * 137) % 900);
    await kill(context);
  }
  const context = await openProfile(profile);
  const app = new AlcovePage(context.pages()[0] ?? (await context.newPage()));
  await app.open(alcove);
  await app.waitUntilReady(kills, 120_000);
  for (const round of [0, kills - 1]) {
    const article = await app.ask(`Who signed record ${round}?`);
    await expect(article).toContainText(`harbour master number ${round}`);
  }
  await context.close();
  rmSync(profile, { recursive: true, force: true });
});

test('keeps what was stored and says what to do when the disk is full, and goes on when there is room', async ({ page, alcove }) => {
  test.slow();
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: alcove, quotaSize: 48_000_000 });
  const app = new AlcovePage(page);
  await app.open(alcove);
  await app.addFiles([{ name: 'first.txt', mimeType: 'text/plain', buffer: Buffer.from('The granary was built in 1790.') }]);
  await app.waitForState('first', /ready/i);
  // Random text: what compresses to nothing would never fill the quota.
  const random = Buffer.from(Array.from({ length: 40_000_000 }, () => 33 + Math.floor(Math.random() * 90)));
  await app.addFiles([{ name: 'second.txt', mimeType: 'text/plain', buffer: random }]);
  await expect(page.getByRole('alert').or(app.source('second')).filter({ hasText: /storage|space|room/i }).first()).toBeVisible({ timeout: 60_000 });
  await expect(await app.ask('When was the granary built?')).toContainText('1790');
  await session.send('Storage.overrideQuotaForOrigin', { origin: alcove });
  await page.reload();
  await expect(await app.ask('When was the granary built?')).toContainText('1790');
});

test('two tabs: one reads, both find', async ({ context, alcove }) => {
  const first = new AlcovePage(await context.newPage());
  const second = new AlcovePage(await context.newPage());
  await first.open(alcove);
  await second.open(alcove);
  await first.addFiles([{ name: 'tide.txt', mimeType: 'text/plain', buffer: Buffer.from('The spring tide reaches seven metres at Granville.') }]);
  await second.waitForState('tide', /ready/i);
  await expect(await second.ask('How high is the spring tide at Granville?')).toContainText('seven metres');
  await second.addFiles([{ name: 'neap.txt', mimeType: 'text/plain', buffer: Buffer.from('The neap tide reaches three metres at Granville.') }]);
  await first.waitForState('neap', /ready/i);
  await first.page.close();
  await second.addFiles([{ name: 'wind.txt', mimeType: 'text/plain', buffer: Buffer.from('The mistral blows for nine days in March.') }]);
  await second.waitForState('wind', /ready/i);
  await expect(await second.ask('How long does the mistral blow?')).toContainText('nine days');
});
