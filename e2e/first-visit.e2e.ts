import { AxeBuilder } from '@axe-core/playwright';
import { AlcovePage, samples } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';

const questions = samples.questions.map(({ question }) => question);

test('answers every suggested question of the sample library with citations that open at their span', async ({ page, alcove }) => {
  const app = new AlcovePage(page);
  await app.open(alcove);
  await app.addSampleLibrary();
  for (const question of questions.slice(0, 4)) {
    const article = await app.ask(question);
    await expect(article, question).toHaveAttribute('data-state', 'done');
    expect((await app.followCitations(article)).size, question).toBeGreaterThan(0);
  }
});

test('asks a suggested question that is chosen on the first visit, and one that is chosen in the loaded library', async ({ page, alcove }) => {
  const app = new AlcovePage(page);
  await app.open(alcove);
  for (const question of questions.slice(0, 2)) {
    await page.getByRole('list', { name: 'Questions that the sample library answers' }).getByRole('button', { name: question }).click();
    const article = page.getByRole('article', { name: `Answer to: ${question}` });
    await expect(article).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
    await expect(app.citations(article).first()).toBeVisible();
    await page.getByRole('button', { name: 'New conversation' }).click();
  }
});

test('says that the documents do not answer a question about something else', async ({ page, alcove }) => {
  const app = new AlcovePage(page);
  await app.open(alcove);
  await app.addSampleLibrary();
  const article = await app.ask('Which football club won the Bolivian cup in 1973?');
  await expect(article).toHaveAttribute('data-state', 'not-found');
  await expect(article).toContainText('Your documents do not seem to answer this.');
});

test('works offline after the first visit, before anything was added', async ({ page, context, alcove }) => {
  const app = new AlcovePage(page);
  await app.open(alcove);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  await expect(app.question).toBeVisible();
  await app.addSampleLibrary();
  expect((await app.followCitations(await app.ask(questions[0] ?? ''))).size).toBeGreaterThan(0);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`has nothing for axe to report in ${scheme} mode, on any page`, async ({ page, alcove }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const app = new AlcovePage(page);
    await app.open(alcove);
    const check = async (state: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${state}: ${id} at ${nodes[0]?.html}`)).toEqual([]);
    };
    await check('first visit');
    await app.addSampleLibrary();
    const article = await app.ask(questions[0] ?? '');
    await app.citations(article).first().click();
    await app.markedText(1);
    await check('answered');
    await article.getByRole('button', { name: 'Why these passages' }).click();
    await check('why these passages');
    for (const place of ['models', 'bench', 'settings', 'team']) {
      await page.goto(`${alcove}/${place}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check(place);
    }
  });
}

test('has nothing for axe to report at 320 px, in any tab', async ({ page, alcove }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const app = new AlcovePage(page);
  await app.open(alcove);
  await page.getByRole('button', { name: 'Try the sample library' }).click();
  await page.waitForURL(/\/c\//);
  const tabs = page.getByRole('navigation').getByRole('link');
  const check = async (state: string) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${state}: ${id} at ${nodes[0]?.html}`)).toEqual([]);
  };
  await tabs.filter({ hasText: 'Library' }).click();
  await app.waitUntilReady(samples.files.length);
  await check('library');
  await tabs.filter({ hasText: 'Ask' }).click();
  const article = await app.ask(questions[0] ?? '');
  await app.ask('Which football club won the Bolivian cup in 1973?');
  await app.ask('What is the capital of Mongolia?');
  await check('answers');
  await app.citations(article).first().click();
  await app.markedText(1);
  await check('source');
  await page.goBack();
  await expect(article).toBeVisible();
});
