import { join } from 'node:path';
import { AlcovePage, wordsOf } from './alcove-page.ts';
import { expect, test } from './fixtures.ts';
import { hasSharedDocuments, sharedDocuments } from './shared-data.ts';

const cases = [
  {
    file: 'markitdown/REPAIR-2022-INV-001_multipage.pdf',
    question: 'What is the policy number of Gabriel Diaz?',
    expected: /POL-2022-555/,
  },
  {
    file: 'markitdown/SPARSE-2024-INV-1234_borderless_table.pdf',
    question: 'What is the total variance cost?',
    expected: /\$4,287\.50/,
  },
  {
    file: 'markitdown/test.docx',
    question: 'What does AutoGen allow developers to build?',
    expected: /multi-agent|multiple agents/i,
  },
  { file: 'markitdown/test_wikipedia.html', question: 'Who became chief executive of Microsoft in 2014?', expected: /Nadella/ },
  {
    file: 'rust-book/ch04-01-what-is-ownership.md',
    question: 'What are the ownership rules in Rust?',
    expected: /owner/i,
  },
  {
    file: 'rust-book/ch15-05-interior-mutability.md',
    question: 'What does RefCell enforce at runtime?',
    expected: /RefCell|borrowing rules/,
  },
];

test.skip(!hasSharedDocuments, 'needs the real documents of shared/documents');

test('drops real documents, asks, follows every citation, goes offline, reloads and asks again', async ({ page, context, alcove }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(alcove) && !/^(?:blob|data):/.test(request.url())) foreign.push(request.url());
  });
  const app = new AlcovePage(page);
  await app.open(alcove);
  await app.addFiles(cases.map(({ file }) => join(sharedDocuments, file)));
  await app.waitUntilReady(cases.length);

  for (const { question, expected } of cases) {
    const article = await app.ask(question);
    await expect(article, question).toHaveAttribute('data-state', 'done');
    await expect(article, question).toContainText(expected);
    const marked = await app.followCitations(article);
    expect(marked.size, question).toBeGreaterThan(0);
    const said = wordsOf(await article.innerText());
    for (const text of marked.values()) expect(said, `${question}: the mark is in the answer`).toContain(wordsOf(text).slice(0, 40));
  }

  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.reload();
  const offline = new AlcovePage(page);
  await expect(offline.sources.getByRole('listitem')).toHaveCount(cases.length);
  for (const { question, expected } of cases.slice(0, 3)) {
    const article = await offline.ask(question);
    await expect(article, `offline: ${question}`).toContainText(expected);
    expect((await offline.followCitations(article)).size).toBeGreaterThan(0);
  }
  expect(foreign).toEqual([]);
});
