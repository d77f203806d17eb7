import { chromium, type BrowserContext } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAlcoveServer } from '../scripts/alcove-server.ts';
import { chromiumFlags, findChromium } from '../scripts/find-chromium.mjs';
import { AlcovePage } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';
import { ModelsPage } from './models-page.ts';
import { hasSharedModels, sharedModels } from './shared-data.ts';
import { startSlowProxy } from './slow-proxy.ts';

const [meaning, writer] = ['MiniLM L6', 'SmolLM2 135M'];

/** Nothing of the question stands in the passage that answers it. */
const memo = `Household notes

The plumber replaced the boiler valve in the cellar on 3 June 2021.

Bread is delivered on Tuesdays and Fridays before seven in the morning.

The canine must be walked twice a day and fed kibble at dusk.

Insurance papers lie in the top drawer of the oak desk.`;

async function openProfile(profile: string): Promise<BrowserContext> {
  const executablePath = findChromium();
  return chromium.launchPersistentContext(profile, { ...(executablePath && { executablePath }), args: chromiumFlags });
}

test.describe('models of a folder of this server', () => {
  test.skip(!hasSharedModels, 'the real models are not at hand');

  test('are installed with pauses and reloads, make answers better, and work without a network after a restart', async () => {
    test.setTimeout(600_000);
    const server = await startAlcoveServer({ MODELS__DIR: sharedModels, MODELS__HUB: 'off' });
    const proxy = await startSlowProxy(server.address, /\.onnx$/);
    const profile = mkdtempSync(join(tmpdir(), 'alcove-models-'));
    let context = await openProfile(profile);
    let app = new AlcovePage(context.pages()[0] ?? (await context.newPage()));
    await app.open(proxy.address);
    await app.addFiles([{ name: 'household.txt', mimeType: 'text/plain', buffer: Buffer.from(memo) }]);
    await app.waitUntilReady(1);

    const models = new ModelsPage(app.page);
    await models.open(proxy.address);
    proxy.setBytesPerSecond(2e6);
    await models.press('Install', meaning);
    await models.waitForPhase(meaning, 'downloading');
    await expect.poll(() => models.downloaded(meaning), { timeout: 60_000 }).toBeGreaterThan(5);
    await models.press('Pause', meaning);
    await models.waitForPhase(meaning, 'paused');
    await models.open(proxy.address);
    await models.waitForPhase(meaning, 'paused');
    const before = await models.downloaded(meaning);
    expect(before).toBeGreaterThan(5);
    await models.press('Resume', meaning);
    await expect.poll(() => models.downloaded(meaning), { timeout: 60_000 }).toBeGreaterThan(before);
    await app.page.reload();
    await models.waitForPhase(meaning, 'downloading');
    proxy.setBytesPerSecond(Infinity);
    await models.waitForPhase(meaning, 'ready');
    await models.press('Install', writer);
    await models.waitForPhase(writer, 'ready', 240_000);
    await expect(models.card(meaning)).toContainText('in use');

    await app.open(proxy.address);
    const article = await app.ask('How often should I take the dog out?');
    await expect(article).toHaveAttribute('data-state', 'done');
    await expect(article).toContainText('walked twice a day');
    await expect(article.getByRole('group', { name: 'Written answer' })).toContainText(/\w{3}/);
    await expect(article).toContainText(`Written by ${writer}`);

    await context.close();
    await proxy.stop();
    await server.stop();
    context = await openProfile(profile);
    app = new AlcovePage(context.pages()[0] ?? (await context.newPage()));
    await app.open(proxy.address);
    const again = await app.ask('When is the dog given food?');
    await expect(again).toContainText('fed kibble at dusk');
    await expect(again.getByRole('group', { name: 'Written answer' })).toContainText(/\w{3}/);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  });
});
