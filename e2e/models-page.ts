import { expect, type Locator, type Page } from '@playwright/test';

/** The Models page, found by role and name. */
export class ModelsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(`${address}/models`);
    await expect(this.page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
  }

  card(title: string): Locator {
    return this.page.getByRole('article', { name: title, exact: true });
  }

  async press(action: string, title: string): Promise<void> {
    await this.page.getByRole('button', { name: `${action} ${title}`, exact: true }).click();
  }

  async waitForPhase(title: string, phase: string, timeout = 120_000): Promise<void> {
    await expect(this.card(title)).toHaveAttribute('data-phase', phase, { timeout });
  }

  /** Per cent of a download, as its progress bar says. */
  async downloaded(title: string): Promise<number> {
    const bar = this.page.getByRole('progressbar', { name: `${title}, downloaded` });
    return bar.evaluate((element) => (element instanceof HTMLProgressElement ? 100 * element.position : Number.NaN));
  }
}
