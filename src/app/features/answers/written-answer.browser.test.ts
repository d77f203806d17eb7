import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ModelState } from '#core/models/model-state.ts';
import { AppContext, type App } from '../../app-context.ts';
import { createApp } from '../../create-app.ts';
import { createFakeEngine } from '../../test-engine/fake-engine.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import { Shell } from '../shell/shell.tsx';

const lease = 'The landlord repairs the cold room at once. The tenant must report a fault in the cold room within two days. Rent is due in May.';
const question = 'Who repairs the cold room?';

let app: App;
let root: HTMLElement;

async function open(stepMs: number): Promise<void> {
  app = createApp(createFakeEngine({ stepMs }));
  app.router.navigate({ page: 'home' }, { replace: true });
  render(h(AppContext.Provider, { value: app }, h(Shell, null)), root);
  await app.library.open(app.engine, app.fail);
  await app.adding.addFiles([{ file: new Blob([lease]), name: 'lease.txt' }]);
  await vi.waitFor(() => expect([...app.library.sources.value.values()]).toMatchObject([{ state: 'ready' }]), { timeout: 5_000 });
}

const models = (): readonly ModelState[] => app.library.models.value.models;
const smol = (): ModelState => models().find(({ title }) => title.startsWith('SmolLM2'))!;

/** Has SmolLM2 installed, chosen and running. */
async function startWriter(): Promise<void> {
  await app.engine.installModel(smol().key);
  await vi.waitFor(() => expect(smol().phase).toBe('ready'), { timeout: 20_000 });
}

async function ask(text = question): Promise<void> {
  await page.getByRole('textbox', { name: 'Ask your documents' }).fill(text);
  await userEvent.keyboard('{Enter}');
}

const answer = (asked = question) => page.getByRole('article', { name: `Answer to: ${asked}` }).last();

async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(root, { rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false } } });
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

beforeEach(async () => {
  await page.viewport(1280, 860);
  localStorage.clear();
  root = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  render(null, root);
  root.remove();
  app.router.dispose();
});

describe('a written answer', () => {
  it('stands above its quotes, each sentence with its mark, its note and its citations', async () => {
    await open(1);
    await startWriter();
    await ask();
    await expect.element(answer()).toHaveAttribute('data-state', 'done');
    const written = answer().getByRole('group', { name: 'Written answer' });
    await expect.element(written).toHaveTextContent('According to the document, the landlord repairs the cold room at once.');
    await expect.element(written).toHaveTextContent('partly supported: the number is not in the source');
    await expect.element(written).toHaveTextContent('Most landlords lend a mobile cooler for that time. not found in your documents');
    expect([...written.element().querySelectorAll('.sentence')].map((one) => one.className)).toEqual(['sentence verified', 'sentence partly', 'sentence unsupported']);
    await expect.element(written.getByRole('link', { name: 'Source 1: lease, verified' })).toBeVisible();
    await expect.element(written.getByRole('link', { name: 'Source 3: lease, partly supported' })).toBeVisible();
    await expect.element(answer()).toHaveTextContent('Written by SmolLM2 135M Instruct on this device · checked against your documents');
    await expect.element(answer()).toHaveTextContent('1 of 3 sentences verified, 1 partly, 1 not found');
    await expect.element(answer()).toHaveTextContent('This small model rephrases and makes mistakes. Read the quotes.');
    const fold = answer().element().querySelector('details.fold')!;
    expect(fold.getBoundingClientRect().top).toBeGreaterThanOrEqual(written.element().getBoundingClientRect().bottom);
    expect([...fold.querySelectorAll('blockquote')].map((quote) => quote.textContent)).toHaveLength(3);
    expect(await violations()).toEqual([]);
  });

  it('can be made anew by quotes only, or asked for by name', async () => {
    await open(1);
    await startWriter();
    await ask();
    await expect.element(answer()).toHaveAttribute('data-state', 'done');
    await answer().getByRole('button', { name: 'Regenerate' }).click();
    await expect.element(page.getByRole('menuitemradio', { name: 'Written by SmolLM2 135M Instruct' })).toHaveAttribute('aria-checked', 'true');
    await page.getByRole('menuitemradio', { name: 'Quotes only' }).click();
    await vi.waitFor(() => expect(page.getByRole('article').elements()).toHaveLength(2));
    await expect.element(answer()).toHaveAttribute('data-state', 'done');
    await expect.element(answer()).toHaveTextContent('Quoted word for word from your documents');
    expect(answer().getByRole('group', { name: 'Written answer' }).elements()).toHaveLength(0);
  });

  it.each([1280, 360])('moves nothing on screen at %i px from the first quote to the last sentence', async (width) => {
    await page.viewport(width, 740);
    await open(12);
    await startWriter();
    const shifts: string[] = [];
    const isInAnswer = (node: Node | null | undefined): boolean => node?.parentElement?.closest('article') !== null;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { hadRecentInput?: boolean; sources?: { node?: Node }[] })[]) {
        for (const { node } of entry.sources ?? []) if (isInAnswer(node)) shifts.push(`${node?.nodeName} ${node?.textContent?.slice(0, 40)} in ${node?.parentElement?.outerHTML.slice(0, 120)}`);
      }
    });
    await ask();
    await vi.waitFor(() => expect(document.querySelectorAll('details.fold .quote')).toHaveLength(2));
    observer.observe({ type: 'layout-shift' });
    const whole = answer().element();
    const quote = whole.querySelector('details.fold .quote')!;
    const top = quote.getBoundingClientRect().top;
    await expect.element(answer()).toHaveAttribute('data-state', 'done');
    expect(quote.isConnected).toBe(true);
    expect(Math.abs(quote.getBoundingClientRect().top - top)).toBeLessThan(1);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    observer.disconnect();
    expect(shifts).toEqual([]);
  });

  it('shows what is begun as not checked yet, and keeps whole sentences when it is stopped with Escape', async () => {
    await open(30);
    await startWriter();
    await ask();
    const written = () => answer().getByRole('group', { name: 'Written answer' });
    await vi.waitFor(() => expect(written().element().querySelector('.sentence.verified')).not.toBeNull(), { timeout: 5_000 });
    await vi.waitFor(() => expect(written().element().querySelector('.begun')?.textContent).toMatch(/^ This/), { timeout: 5_000 });
    await expect.element(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(answer()).toHaveAttribute('data-state', 'stopped');
    await expect.element(written()).toHaveTextContent(/According to the document.*Stopped while writing. The quotes are complete./);
    expect(written().element().querySelector('.begun')).toBeNull();
    expect(await violations()).toEqual([]);
  });

  it('says why it broke off, and keeps the quotes', async () => {
    await open(1);
    await startWriter();
    const asked = 'Who repairs the cold room when things break off?';
    await ask(asked);
    await expect.element(answer(asked)).toHaveAttribute('data-state', 'done');
    await expect.element(answer(asked).getByRole('alert')).toHaveTextContent(/The writing broke off\. The quotes are complete\. The graphics processor was taken away/);
    expect(answer(asked).element().querySelectorAll('details.fold .quotes .quote').length).toBeGreaterThan(0);
    expect(await violations()).toEqual([]);
  });

  it('says why nothing was written, and keeps no room for it', async () => {
    await open(1);
    await startWriter();
    const asked = 'Who repairs the cold room if they refuse?';
    await ask(asked);
    await expect.element(answer(asked)).toHaveTextContent('Not written: the passages do not answer this plainly enough for a model of this size.');
    await expect.element(answer(asked)).toHaveTextContent('Quoted word for word from your documents');
    await expect.element(answer(asked)).not.toHaveTextContent('makes mistakes');
    expect(await violations()).toEqual([]);
  });

  it('is announced by sentence, with what is doubtful in it', async () => {
    await open(1);
    await startWriter();
    const said: string[] = [];
    const end = app.announcer.text.subscribe((text) => said.push(text));
    await ask();
    await vi.waitFor(() => expect(said).toContain('This has to be done within nine working days. partly supported: the number is not in the source'), { timeout: 10_000 });
    end();
    expect(said.findIndex((text) => text === 'SmolLM2 135M Instruct is writing')).toBeLessThan(said.findIndex((text) => text.startsWith('According')));
  });

  it('is there again when the conversation is opened again', async () => {
    await open(1);
    await startWriter();
    await ask();
    await expect.element(answer()).toHaveAttribute('data-state', 'done');
    const id = app.conversations.current.value.id.value!;
    const second = createApp(app.engine);
    await second.library.open(app.engine, second.fail);
    await second.conversations.open(id);
    expect(second.conversations.current.value.turns.value).toMatchObject([{ state: 'done', written: { title: 'SmolLM2 135M Instruct', state: 'done', sentences: [{ verification: 'verified' }, { verification: 'partly' }, { verification: 'unsupported' }] } }]);
    second.router.dispose();
  });
});
