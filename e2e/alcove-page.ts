import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** The sample library as the page offers it. */
export const samples = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '..', 'public', 'samples', 'samples.json'), 'utf8'),
) as { files: unknown[]; questions: { question: string }[] };

/** The page as a person with assistive technology finds it: by role and accessible name only. */
export class AlcovePage {
  readonly page: Page;
  readonly question: Locator;
  readonly sources: Locator;
  readonly viewer: Locator;

  constructor(page: Page) {
    this.page = page;
    this.question = page.getByRole('textbox', { name: 'Ask your documents' });
    // In a narrow window the Library may be folded away while its rows change.
    this.sources = page.getByRole('list', { name: 'Sources', includeHidden: true });
    this.viewer = page.getByRole('region', { name: 'Source', exact: true });
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.question).toBeVisible();
  }

  /** Gives files to the input behind "Add files". */
  async addFiles(paths: string[] | { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.page.locator('input[type=file][multiple]:not([webkitdirectory])').first().setInputFiles(paths);
  }

  source(title: string): Locator {
    return this.sources.getByRole('listitem', { includeHidden: true }).filter({ hasText: title });
  }

  async waitForState(title: string, state: RegExp, timeout = 60_000): Promise<void> {
    await expect(this.source(title).first()).toContainText(state, { timeout });
  }

  /** Waits until every source of the list is ready. */
  async waitUntilReady(count: number, timeout = 60_000): Promise<void> {
    const items = this.sources.getByRole('listitem', { includeHidden: true });
    await expect(items).toHaveCount(count);
    await expect(items.filter({ hasText: /ready/i })).toHaveCount(count, { timeout });
  }

  async addSampleLibrary(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try the sample library' }).click();
    await this.waitUntilReady(samples.files.length);
  }

  /** Asks and waits for the end of the answer; resolves with its article. */
  async ask(question: string): Promise<Locator> {
    const before = await this.page.getByRole('article', { name: /^Answer to:/ }).count();
    await this.question.fill(question);
    await this.page.getByRole('button', { name: 'Ask', exact: true }).click();
    const article = this.page.getByRole('article', { name: /^Answer to:/ }).nth(before);
    await expect(article).toHaveAttribute('data-state', /^(?:done|not-found|stopped|failed)$/, { timeout: 30_000 });
    return article;
  }

  citations(article: Locator): Locator {
    return article.getByRole('link', { name: /^Source \d+:/ });
  }

  /** Joined text of the marks of one citation in the viewer. */
  async markedText(citation: number): Promise<string> {
    const marks = this.viewer.locator(`mark[data-citation="${citation}"]`);
    await expect(marks.first()).toBeVisible({ timeout: 20_000 });
    return (await marks.allTextContents()).join('');
  }

  /** Follows every citation of an answer and returns the marked text of each by its number. */
  async followCitations(article: Locator): Promise<Map<number, string>> {
    const links = this.citations(article);
    const found = new Map<number, string>();
    for (let index = 0; index < (await links.count()); index += 1) {
      const link = links.nth(index);
      const number = Number(/^Source (\d+):/.exec((await link.getAttribute('aria-label')) ?? '')?.[1]);
      await link.click();
      found.set(number, await this.markedText(number));
    }
    return found;
  }
}

/** The words of a text alone: an answer is shown without the marks of Markdown that its source has. */
export function wordsOf(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
