import type { Page } from '@playwright/test';
import { AlcovePage, samples } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';

/** Presses Tab until the focus is on something of this role and name. */
async function tabTo(page: Page, role: 'button' | 'link', name: RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
  }
  throw new Error(`Tab never came to the ${role} ${name}`);
}

test('the main job is done with the keyboard alone', async ({ page, alcove }) => {
  const app = new AlcovePage(page);
  await app.open(alcove);
  await expect(page.getByRole('button', { name: 'Try the sample library' })).toBeVisible();
  await tabTo(page, 'button', /^Try the sample library$/);
  await page.keyboard.press('Enter');
  await app.waitUntilReady(samples.files.length);

  await page.locator('body').press('/');
  await expect(app.question).toBeFocused();
  await page.keyboard.type(samples.questions[0]?.question ?? '');
  await page.keyboard.press('Enter');
  const article = page.getByRole('article', { name: /^Answer to:/ });
  await expect(article).toHaveAttribute('data-state', 'done');

  await page.locator('main').getByRole('link', { name: /^Source 1:/ }).focus();
  await page.keyboard.press('Enter');
  expect(await app.markedText(1)).not.toBe('');
  await expect(app.viewer.locator('mark.here').first()).toBeFocused();
  const place = page.url();
  await page.keyboard.press(']');
  await expect(app.viewer.locator('mark.here').first()).toBeVisible();
  await page.keyboard.press('[');
  await expect.poll(() => page.url()).toBe(place);

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog');
  await expect(palette).toBeVisible();
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  // In a text field a question mark is a question mark.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('[');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
