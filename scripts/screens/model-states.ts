import { expect } from '@playwright/test';
import type { AlcovePage } from '../../e2e/alcove-page.ts';
import type { Screen } from './screen.ts';

const lease = 'The landlord repairs the cold room at the cost of the landlord, within ten working days of notice. The tenant must report a fault in the cold room within five working days of discovering it. Rent is due on the first of May every year.';
const question = 'Who repairs the cold room, and when must a fault be reported?';
const modelTimeoutMs = 30_000;

/** Within the page: loading the address anew would begin with a new engine. */
async function goTo({ page }: AlcovePage, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

const openModels = async (app: AlcovePage): Promise<void> => {
  await goTo(app, '/models');
  await expect(app.page.getByRole('heading', { name: 'Written answers' })).toBeVisible();
};

const press = ({ page }: AlcovePage, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

async function show({ page }: AlcovePage, title: string): Promise<void> {
  await page.getByRole('article', { name: title, exact: true }).scrollIntoViewIfNeeded();
}

async function download(app: AlcovePage): Promise<void> {
  await openModels(app);
  await press(app, 'Install all-MiniLM-L6-v2');
  await expect(app.page.getByRole('progressbar', { name: 'all-MiniLM-L6-v2, downloaded' })).toBeVisible();
  await show(app, 'all-MiniLM-L6-v2');
}

async function pause(app: AlcovePage): Promise<void> {
  await download(app);
  await press(app, 'Pause all-MiniLM-L6-v2');
}

async function run(app: AlcovePage): Promise<void> {
  await download(app);
  await expect(app.page.getByRole('progressbar', { name: 'all-MiniLM-L6-v2, passages by this model' })).toBeVisible({ timeout: modelTimeoutMs });
}

async function fail(app: AlcovePage): Promise<void> {
  await openModels(app);
  await press(app, 'Install Qwen2.5 0.5B Instruct');
  const card = app.page.getByRole('article', { name: 'Qwen2.5 0.5B Instruct' });
  await expect(card.getByRole('alert')).toBeVisible({ timeout: modelTimeoutMs });
  await card.getByText('Details').click();
  await show(app, 'Qwen2.5 0.5B Instruct');
}

/** Has a small model ready to write about a lease. */
async function startWriter(app: AlcovePage): Promise<void> {
  await app.addFiles([{ name: 'Lease, 14 Quayside.txt', mimeType: 'text/plain', buffer: Buffer.from(lease) }]);
  await app.waitForState('Lease', /ready/i);
  await openModels(app);
  await press(app, 'Install SmolLM2 135M Instruct');
  await expect(app.page.getByRole('article', { name: 'SmolLM2 135M Instruct' }).getByText(/^Running/)).toBeVisible({ timeout: modelTimeoutMs });
  await goTo(app, '/');
  await expect(app.question).toBeVisible();
}

async function stream(app: AlcovePage): Promise<void> {
  await startWriter(app);
  await app.question.fill(question);
  await press(app, 'Ask');
  await expect(app.page.getByRole('group', { name: 'Written answer' }).locator('.sentence').first()).toBeVisible({ timeout: modelTimeoutMs });
}

const write = (asked: string) => async (app: AlcovePage) => {
  await startWriter(app);
  await app.ask(asked);
};

/** What models look like, over the scripted engine. */
export const modelScreens: Screen[] = [
  { name: 'models-none', isScripted: true, reach: openModels },
  { name: 'models-downloading', isScripted: true, reach: download },
  { name: 'models-paused', isScripted: true, reach: pause },
  { name: 'models-running', isScripted: true, reach: run },
  { name: 'models-failed', isScripted: true, reach: fail },
  { name: 'written-streaming', isScripted: true, isMoving: true, reach: stream },
  { name: 'written', isScripted: true, reach: write(question) },
  { name: 'written-broken-off', isScripted: true, reach: write('Who repairs the cold room when things break off?') },
  { name: 'written-not', isScripted: true, reach: write('Who repairs the cold room if they refuse?') },
];
