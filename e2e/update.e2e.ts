import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AlcovePage } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';
import { startAlcoveServer } from '../scripts/alcove-server.ts';

const built = resolve(import.meta.dirname, '..', 'dist', 'page');

test('an update waits to be asked for, and a tab of the old build goes on working', async ({ context }) => {
  const root = mkdtempSync(join(tmpdir(), 'alcove-update-'));
  cpSync(built, root, { recursive: true });
  const first = await startAlcoveServer({ ALCOVE_PAGE_ROOT: root });
  const port = new URL(first.address).port;
  const old = new AlcovePage(await context.newPage());
  await old.open(first.address);
  await old.page.evaluate(() => navigator.serviceWorker.ready);
  await first.stop();

  // A new build: another service worker, and the files that the old tab has not loaded yet are gone from the server.
  for (const file of ['sw.js', 'sw.js.br', 'sw.js.gz']) rmSync(join(root, file), { force: true });
  cpSync(join(built, 'sw.js'), join(root, 'sw.js'));
  appendFileSync(join(root, 'sw.js'), '\n// the next build\n');
  const second = await startAlcoveServer({ ALCOVE_PAGE_ROOT: root, PORT: port });
  const tab = new AlcovePage(await context.newPage());
  await tab.open(second.address);
  const update = tab.page.getByRole('button', { name: 'Update now' });
  await tab.page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await expect(update).toBeVisible();
  for (const file of readdirSync(join(root, 'assets'))) if (/^(?:parse-|pdf|source-view)/.test(file)) rmSync(join(root, 'assets', file));

  await old.addSampleLibrary();
  const reloaded = tab.page.waitForEvent('load');
  await update.click();
  await reloaded;
  await expect(tab.question).toBeVisible();
  const article = await old.ask('What temperature must the vaccine fridge hold?');
  expect((await old.followCitations(article)).size).toBeGreaterThan(0);
  await second.stop();
  rmSync(root, { recursive: true, force: true });
});
