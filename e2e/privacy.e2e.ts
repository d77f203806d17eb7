import { AlcovePage } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';

/** Status of a request as the page would make it; 0 where it does not come through. */
const statusOf = (path: string) => fetch(path, { cache: 'no-store' }).then(({ status }) => status, () => 0);

test('the air gap lets no request out, also after a reload, and everything still works', async ({ page, alcove }) => {
  const app = new AlcovePage(page);
  await app.open(alcove);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${alcove}/settings`);
  expect(await page.evaluate(statusOf, '/not-of-the-app')).toBe(404);
  const airGap = page.getByRole('switch').first();
  await airGap.click();
  await expect(airGap).toHaveAttribute('aria-checked', 'true');
  await expect.poll(() => page.evaluate(statusOf, '/not-of-the-app')).toBe(0);
  await page.reload();
  expect(await page.evaluate(statusOf, '/not-of-the-app')).toBe(0);
  expect(await page.evaluate(statusOf, '/samples/samples.json')).toBe(200);

  await app.open(alcove);
  await app.addSampleLibrary();
  const article = await app.ask('What temperature must the vaccine fridge hold?');
  expect((await app.followCitations(article)).size).toBeGreaterThan(0);
});
