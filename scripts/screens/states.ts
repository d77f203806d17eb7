import { expect } from '@playwright/test';
import { type AlcovePage, samples } from '../../e2e/alcove-page.ts';
import { modelScreens } from './model-states.ts';
import type { Screen } from './screen.ts';

const question = samples.questions[0]?.question ?? '';

async function askSamples(app: AlcovePage, asked = question): Promise<void> {
  await app.addSampleLibrary();
  await app.ask(asked);
}

/** Below 1100 px the Library is a drawer, below 700 px a tab. */
async function showLibrary({ page }: AlcovePage): Promise<void> {
  const tab = page.getByRole('navigation').getByRole('link', { name: 'Library', exact: true });
  const drawer = page.getByRole('button', { name: 'Library', exact: true });
  for (const way of [tab, drawer]) if (await way.first().isVisible()) return way.first().click();
}

async function addFailures(app: AlcovePage): Promise<void> {
  await app.addFiles([
    { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    { name: 'broken.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 nothing more') },
    { name: 'kept.md', mimeType: 'text/markdown', buffer: Buffer.from('# Kept\n\nThis one can be read.') },
  ]);
  await app.waitForState('broken', /failed/i);
  await showLibrary(app);
}

async function startReading(app: AlcovePage): Promise<void> {
  const text = Array.from({ length: 20_000 }, (_, line) => `Line ${line} of the register names barrel ${line * 3}.`).join('\n\n');
  const files = ['register-a.txt', 'register-b.txt', 'register-c.txt'];
  await app.addFiles(files.map((name, index) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`${index} ${text}`) })));
  await expect(app.source('register-a')).toBeAttached();
  await showLibrary(app);
}

async function drag(app: AlcovePage): Promise<void> {
  const data = await app.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['text'], 'dragged.txt', { type: 'text/plain' }));
    return transfer;
  });
  await app.page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await app.page.dispatchEvent('body', 'dragover', { dataTransfer: data });
}

async function openWhy(app: AlcovePage): Promise<void> {
  await askSamples(app);
  await app.page.getByRole('button', { name: 'Why these passages' }).last().click();
}

async function openSource(app: AlcovePage): Promise<void> {
  await askSamples(app);
  await app.page.getByRole('link', { name: /^Source 1:/ }).last().click();
  await app.markedText(1);
}

async function goOffline(app: AlcovePage): Promise<void> {
  await app.addSampleLibrary();
  await app.page.evaluate(() => navigator.serviceWorker.ready);
  await app.page.context().setOffline(true);
}

async function openPalette(app: AlcovePage): Promise<void> {
  await app.addSampleLibrary();
  await app.page.keyboard.press('Control+k');
}

const place = (path: string) => async (app: AlcovePage, address: string) => {
  await app.page.goto(`${address}${path}`);
  await expect(app.page.getByRole('heading', { level: 1 })).toBeVisible();
};

export const screens: Screen[] = [
  { name: 'first-visit', reach: (app) => expect(app.page.getByRole('button', { name: 'Try the sample library' })).toBeVisible() },
  { name: 'dragging', reach: drag },
  { name: 'reading', reach: startReading },
  { name: 'answered', reach: (app) => askSamples(app) },
  { name: 'source-open', reach: openSource },
  { name: 'not-found', reach: (app) => askSamples(app, 'Which football club won the Bolivian cup in 1973?') },
  { name: 'why', reach: openWhy },
  { name: 'failures', reach: addFailures },
  { name: 'models', reach: place('/models') },
  ...modelScreens,
  { name: 'settings', reach: place('/settings') },
  { name: 'team', reach: place('/team') },
  { name: 'bench', reach: place('/bench') },
  { name: 'palette', reach: openPalette },
  { name: 'offline', reach: goOffline },
];
