import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CorpusId } from '#core/ids.ts';
import { page, userEvent } from 'vitest/browser';
import { AppContext, type App } from '../../app-context.ts';
import { createApp } from '../../create-app.ts';
import { createFakeEngine } from '../../test-engine/fake-engine.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import { Shell } from './shell.tsx';

const lease = 'The landlord repairs the cold room at once. The tenant must report a fault within two days. Rent is due in May.';
const file = (name: string, text: string) => ({ file: new Blob([text]), name });

let app: App;
let root: HTMLElement;

beforeEach(async () => {
  await page.viewport(1280, 860);
  localStorage.clear();
  root = document.body.appendChild(document.createElement('div'));
  app = createApp(createFakeEngine({ stepMs: 1 }));
  app.router.navigate({ page: 'home' }, { replace: true });
  render(h(AppContext.Provider, { value: app }, h(Shell, null)), root);
  await app.library.open(app.engine, app.fail);
});

afterEach(() => {
  render(null, root);
  root.remove();
  app.router.dispose();
});

const question = () => page.getByRole('textbox', { name: 'Ask your documents' });
const sources = () => page.getByRole('list', { name: 'Sources' });

async function addLease(): Promise<void> {
  await app.adding.addFiles([file('lease.txt', lease)]);
  await expect.element(sources().getByRole('listitem', { name: /^lease, ready/ })).toBeVisible();
}

async function ask(text: string): Promise<void> {
  await question().fill(text);
  await userEvent.keyboard('{Enter}');
}

async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(root, { rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false } } });
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe('the page', () => {
  it('offers on the first visit all ways in, and nothing for axe to report', async () => {
    for (const name of ['Add files', 'Add folder', 'Paste text', 'Try the sample library', 'Ask']) {
      await expect.element(page.getByRole('button', { name, exact: true })).toBeVisible();
    }
    for (const region of ['complementary', 'main'] as const) expect(page.getByRole(region).elements()).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });

  it.each([1280, 360])('keeps the sample questions where they are at %i px while one of them waits, and asks that one whatever is clicked after it', async (width) => {
    await page.viewport(width, 740);
    const list = page.getByRole('list', { name: 'Questions that the sample library answers' });
    await expect.element(list.getByRole('button').nth(3)).toBeInTheDocument();
    const [first, second] = list.getByRole('button').elements() as [HTMLElement, HTMLElement];
    const chosen = first.firstChild?.textContent ?? '';
    const placeOf = () => list.getByRole('button').elements().map((button) => Math.round(button.getBoundingClientRect().top));
    first.scrollIntoView({ block: 'center' });
    const before = placeOf();
    await app.engine.pauseWork();
    first.click();
    await vi.waitFor(() => expect(location.pathname).toMatch(/^\/c\//));
    await vi.waitFor(() => expect(list.element().parentElement?.textContent).toContain(`your question is asked next: ${chosen}`));
    second.click();
    list.getByRole('button').elements().at(1)?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(placeOf()).toEqual(before);
    expect(list.getByRole('button').elements().map((button) => button.getAttribute('aria-current'))).toEqual(['true', null, null, null]);
    expect(await violations()).toEqual([]);
    await app.engine.resumeWork();
    await expect.element(page.getByRole('article', { name: `Answer to: ${chosen}` })).toBeVisible();
    expect(page.getByRole('article').elements()).toHaveLength(1);
  });

  it('answers with citations by the keyboard alone, and opens the cited span in the address', async () => {
    await addLease();
    await userEvent.keyboard('/');
    await expect.element(question()).toHaveFocus();
    await ask('Who repairs the cold room?');
    const answer = page.getByRole('article', { name: 'Answer to: Who repairs the cold room?' });
    await expect.element(answer).toHaveAttribute('data-state', 'done');
    await expect.element(answer.getByRole('link', { name: 'Source 1: lease, verified' })).toBeVisible();
    expect(location.pathname).toMatch(/^\/chat\//);
    expect(await violations()).toEqual([]);
    document.querySelector<HTMLElement>('article a')?.focus();
    await userEvent.keyboard(']');
    await expect.element(page.getByRole('region', { name: 'Source', exact: true })).toBeVisible();
    expect(location.pathname + location.hash).toMatch(/^\/c\/\w+\/s\/\w+#0-43$/);
    await vi.waitFor(() => {
      const marks = [...document.querySelectorAll('mark[data-citation="1"]')];
      expect(marks.map((mark) => mark.textContent).join('')).toBe('The landlord repairs the cold room at once.');
    });
    expect(await violations()).toEqual([]);
    history.back();
    await vi.waitFor(() => expect(location.pathname).toMatch(/^\/chat\//));
    await expect.element(answer).toBeVisible();
  });

  it('says that the documents do not answer, and what could help', async () => {
    await addLease();
    await ask('Which zebra won the derby?');
    const answer = page.getByRole('article', { name: /^Answer to:/ });
    await expect.element(answer).toHaveAttribute('data-state', 'not-found');
    await expect.element(answer).toHaveTextContent('Your documents do not seem to answer this.');
    await answer.getByRole('button', { name: 'Why these passages' }).click();
    await expect.element(page.getByRole('region', { name: 'Why these passages' }).getByRole('table').first()).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it('says that there are no documents yet, with the ways in beside it', async () => {
    await ask('Who repairs the cold room?');
    const answer = page.getByRole('article', { name: /^Answer to:/ });
    await expect.element(answer).toHaveTextContent('There are no documents here yet');
    await expect.element(answer).not.toHaveTextContent('do not seem to answer');
    await expect.element(page.getByRole('button', { name: 'Add files', exact: true })).toBeVisible();
    await expect.element(answer.getByRole('button', { name: 'Try the sample library' })).toBeVisible();
    expect(document.querySelectorAll('input[type=file][multiple]')).toHaveLength(1);
    expect(await violations()).toEqual([]);
    app.router.navigate({ page: 'models' });
    await expect.element(page.getByRole('complementary').getByRole('button', { name: 'Add files', exact: true })).toBeVisible();
  });

  it('names another collection only where it has an answer, and asks there', async () => {
    await addLease();
    const { id } = await app.engine.createCollection('Recipes');
    app.router.navigate({ page: 'collection', collection: id });
    await app.adding.addFiles([file('soup.txt', 'The soup simmers for an hour. Serve it with bread.')]);
    await expect.element(sources().getByRole('listitem', { name: /^soup, ready/ })).toBeVisible();
    await ask('Which zebra won the derby?');
    await expect.element(page.getByRole('article').last()).toHaveAttribute('data-state', 'not-found');
    await ask('Who repairs the cold room?');
    const there = page.getByRole('article').last().getByRole('button', { name: 'Ask in My documents' });
    await expect.element(there).toBeVisible();
    expect(page.getByRole('button', { name: 'Ask in My documents' }).elements()).toHaveLength(1);
    await there.click();
    await expect.element(page.getByRole('article', { name: 'Answer to: Who repairs the cold room?' })).toHaveAttribute('data-state', 'done');
  });

  it('names why a file could not be read, first in the list, and removes it with a way back', async () => {
    await addLease();
    await app.adding.addFiles([file('encrypted.pdf', 'x')]);
    const failed = sources().getByRole('listitem', { name: 'encrypted, failed' });
    await expect.element(failed.getByRole('alert')).toHaveTextContent('Could not be read: it is protected by a password. Your other sources are unchanged.');
    expect(sources().getByRole('listitem').elements()[0]?.getAttribute('aria-label')).toBe('encrypted, failed');
    expect(await violations()).toEqual([]);
    await failed.getByRole('button', { name: 'Remove' }).click();
    await expect.element(failed).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(failed).toBeVisible();
  });

  it('tells several failures in one card, a line each that opens, and retries or removes all of them', async () => {
    await addLease();
    await app.adding.addFiles([file('encrypted one.pdf', 'x'), file('broken_two.pdf', 'y')]);
    const library = page.getByRole('complementary', { name: 'Library' });
    await expect.element(library.getByRole('alert')).toHaveTextContent('2 files could not be read');
    expect(sources().getByRole('listitem').elements().map((row) => row.getAttribute('aria-label')).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['broken_two, failed', 'encrypted one, failed', 'lease, ready']);
    const folded = sources().getByRole('button', { name: /failed/, expanded: false });
    await expect.element(folded.filter({ hasText: 'encrypted' })).toHaveTextContent('encrypted one failed: protected by a password');
    expect(await violations()).toEqual([]);
    await folded.filter({ hasText: 'broken' }).click();
    await expect.element(sources().getByRole('alert')).toHaveTextContent('the file is damaged or incomplete. Your other sources are unchanged.');
    expect(await violations()).toEqual([]);
    await app.engine.pauseWork();
    await library.getByRole('button', { name: 'Retry all' }).click();
    await expect.element(library.getByText('2 files could not be read')).not.toBeInTheDocument();
    await app.engine.resumeWork();
    await expect.element(library.getByText('2 files could not be read')).toBeVisible();
    await library.getByRole('button', { name: 'Remove all' }).click();
    await vi.waitFor(() => expect(sources().getByRole('listitem').elements()).toHaveLength(1));
    await page.getByRole('button', { name: 'Undo' }).click();
    await vi.waitFor(() => expect(sources().getByRole('listitem').elements()).toHaveLength(3));
  });

  it('counts the same sources in the strip, the list and the line over the question box', async () => {
    await addLease();
    await app.adding.addFiles([file('encrypted.pdf', 'x')]);
    await expect.element(page.getByText('1 of 2 sources · 12 passages')).toBeVisible();
    await expect.element(page.getByText('in all collections, 1 of 2 sources')).toBeVisible();
    const strip = () => document.querySelector('.work')?.getBoundingClientRect().height;
    const idle = strip();
    await app.engine.pauseWork();
    await app.adding.addFiles([file('pump.txt', 'The pump hums.')]);
    await expect.element(page.getByText('Paused · 1 of 3 sources')).toBeVisible();
    await expect.element(page.getByText('in all collections, 1 of 3 sources')).toBeVisible();
    await expect.element(page.getByRole('searchbox', { name: 'Filter sources' })).toHaveAttribute('placeholder', 'Filter 3 sources');
    expect(strip()).toBe(idle);
    await app.engine.resumeWork();
    await expect.element(page.getByText('2 of 3 sources · 24 passages')).toBeVisible();
  });

  it('says without a network that there is none, also where it would ask to keep the library', async () => {
    await addLease();
    dispatchEvent(new Event('offline'));
    await expect.element(page.getByText(/^Offline since \d\d:\d\d( [AP]M)?\. Nothing is missing\.$/)).toBeVisible();
    dispatchEvent(new Event('online'));
    await expect.element(page.getByText(/^Offline since/)).not.toBeInTheDocument();
  });

  it('notices the same file and says where it is', async () => {
    await addLease();
    await app.adding.addFiles([file('copy.txt', lease)]);
    await expect.element(page.getByText(/^Already here as lease, added on /)).toBeVisible();
    expect(sources().getByRole('listitem').elements()).toHaveLength(1);
    await app.adding.addFiles([file('copy.txt', lease)]);
    await page.getByRole('button', { name: 'Show it' }).click();
    await expect.element(page.getByRole('region', { name: 'Source', exact: true })).toBeVisible();
    expect(sources().getByRole('listitem').element().className).toBe('open');
  });

  it('takes the name of a new collection with the first key, and offers the ways in where it is empty', async () => {
    await addLease();
    page.getByRole('button', { name: 'New collection' }).element().dispatchEvent(new MouseEvent('click', { bubbles: true }));
    // Messages come after all that rendering does at once, and before anything it puts off to a frame.
    await new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.addEventListener('message', resolve); port1.start(); port2.postMessage(0); });
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Name of the collection');
    await userEvent.keyboard('Bridges{Enter}');
    const room = page.getByRole('main');
    await expect.element(room.getByText(/^Bridges is empty/)).toBeVisible();
    await expect.element(room.getByRole('button', { name: 'Add files', exact: true })).toBeVisible();
    expect(document.querySelectorAll('input[type=file][multiple]:not([webkitdirectory])')).toHaveLength(1);
    expect(await violations()).toEqual([]);
    await ask('Who repairs the cold room?');
    await expect.element(page.getByRole('article')).toHaveAttribute('data-state', 'not-found');
  });

  it('shows who comes back the latest conversations, and removes one from its own menu with a way back', async () => {
    await addLease();
    for (let count = 1; count <= 6; count += 1) {
      await ask(`Who repairs the cold room, time ${count}?`);
      await expect.element(page.getByRole('article')).toHaveAttribute('data-state', 'done');
      if (count < 6) await page.getByRole('button', { name: 'New conversation' }).click();
    }
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Remove this conversation' }).click();
    const recent = page.getByRole('region', { name: 'Recent conversations' });
    await expect.element(recent).toBeVisible();
    expect(recent.getByRole('link').elements()).toHaveLength(5);
    await expect.element(recent).not.toHaveTextContent('time 6');
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(recent.getByRole('link').first()).toHaveTextContent('time 6');
    expect(recent.getByRole('link').elements()).toHaveLength(5);
    await recent.getByRole('link').first().click();
    await expect.element(page.getByRole('article', { name: 'Answer to: Who repairs the cold room, time 6?' })).toBeVisible();
    expect(page.getByRole('button', { name: 'Ask again' }).elements()).toHaveLength(0);
    await app.adding.addFiles([file('pump.txt', 'The pump hums.')]);
    await expect.element(page.getByRole('button', { name: 'Ask again' })).toBeVisible();
  });

  it('finds commands and sources in the palette, and gives the focus back', async () => {
    await addLease();
    (question().element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.keyboard('setti');
    await expect.element(page.getByRole('option', { selected: true })).toHaveTextContent('Settings');
    expect(await violations()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(question()).toHaveFocus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.keyboard('setti{Enter}');
    await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it('offers in an empty palette what was used last', async () => {
    await addLease();
    await ask('Who repairs the cold room?');
    await expect.element(page.getByRole('article')).toHaveAttribute('data-state', 'done');
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('option').first()).toHaveTextContent('lease');
    await expect.element(page.getByRole('option').nth(1)).toHaveTextContent('Who repairs the cold room?');
  });

  it('says that there is no such collection, with a way back', async () => {
    app.router.navigate({ page: 'collection', collection: 'nope' as CorpusId });
    await expect.element(page.getByText(/^There is no collection at this address/)).toBeVisible();
    await expect.element(question()).not.toBeInTheDocument();
    await page.getByRole('link', { name: 'Begin a new conversation' }).click();
    expect(location.pathname).toBe('/');
  });

  it('lists earlier conversations with their time and what was asked', async () => {
    await addLease();
    app.router.navigate({ page: 'collection', collection: app.library.collections.value[0]?.id ?? ('' as CorpusId) });
    await ask('Who repairs the cold room?');
    await expect.element(page.getByRole('article')).toHaveAttribute('data-state', 'done');
    await page.getByRole('button', { name: 'History' }).click();
    await expect.element(page.getByRole('list', { name: 'Conversations' }).getByRole('link')).toHaveTextContent(/1 question · My documents · .*\d\d:\d\d/);
  });

  it.each(['models', 'team', 'bench'] as const)('has nothing for axe to report on %s', async (name) => {
    app.router.navigate({ page: name });
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it.each([320, 360, 800, 1440])('needs no sideways scrolling at %i px, and shows one region at a time below 700 px', async (width) => {
    await page.viewport(width, 740);
    await addLeaseUnseen();
    await ask('Who repairs the cold room?');
    await expect.element(page.getByRole('article', { name: /^Answer to:/ })).toHaveAttribute('data-state', 'done');
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    for (const element of document.querySelectorAll('.scroll')) expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth);
    const shown = ['.library', '.room', '.source-place'].filter((region) => document.querySelector(region)?.checkVisibility());
    expect(shown).toEqual(width >= 1100 ? ['.library', '.room'] : ['.room']);
    expect(await violations()).toEqual([]);
  });

  it('keeps answers and question box in one line, and the menu within the window', async () => {
    await addLease();
    for (let count = 1; count <= 5; count += 1) {
      await ask(`Who repairs the cold room, time ${count}?`);
      await expect.element(page.getByRole('article').nth(count - 1)).toHaveAttribute('data-state', 'done');
    }
    const edge = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().left;
    expect(edge('.talk > .column')).toBe(edge('.ask > .column'));
    for (const width of [1280, 360]) {
      await page.viewport(width, 740);
      await page.getByRole('button', { name: 'More', exact: true }).click();
      const menu = page.getByRole('menu', { name: 'More' }).element().getBoundingClientRect();
      expect(menu.right).toBeLessThanOrEqual(width);
      expect(menu.left).toBeGreaterThanOrEqual(0);
      await userEvent.keyboard('{Escape}');
    }
  });

  it('closes the Source with Escape, but not out of a field', async () => {
    await addLease();
    await ask('Who repairs the cold room?');
    await page.getByRole('article').getByRole('link', { name: 'Source 1: lease, verified' }).click();
    const source = page.getByRole('region', { name: 'Source', exact: true });
    await expect.element(source).toBeVisible();
    (question().element() as HTMLElement).focus();
    await userEvent.keyboard('{Escape}');
    expect(location.pathname).toMatch(/^\/c\//);
    document.querySelector<HTMLElement>('article a')?.focus();
    await userEvent.keyboard('{Escape}');
    expect(location.pathname).toMatch(/^\/chat\//);
    await expect.element(source).not.toBeInTheDocument();
    await expect.element(question()).toHaveFocus();
  });

  it('breaks no word of the question box in large text, and lets it grow to a third of the window', async () => {
    await page.viewport(360, 640);
    document.documentElement.style.fontSize = '200%';
    try {
      const box = question().element() as HTMLTextAreaElement;
      const ruler = root.appendChild(document.createElement('span'));
      Object.assign(ruler.style, { position: 'absolute', font: getComputedStyle(box).font });
      ruler.textContent = 'documents';
      const style = getComputedStyle(box);
      expect(box.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight)).toBeGreaterThan(ruler.getBoundingClientRect().width);
      ruler.remove();
      await question().fill('Who repairs the cold room?\n'.repeat(12).trim());
      expect(box.getBoundingClientRect().height).toBeLessThanOrEqual(640 / 3);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    } finally {
      document.documentElement.style.fontSize = '';
    }
  });

  it('keeps the question box in view in a short window', async () => {
    await page.viewport(780, 436);
    await addLeaseUnseen();
    await ask('Who repairs the cold room?');
    await expect.element(page.getByRole('article')).toHaveAttribute('data-state', 'done');
    const box = question().element().getBoundingClientRect();
    expect(box.top).toBeGreaterThan(48);
    expect(box.bottom).toBeLessThanOrEqual(436);
  });

  it('has the other pages at hand below a long list on a phone, and marks no tab as current there', async () => {
    await page.viewport(360, 740);
    await app.adding.addFiles(Array.from({ length: 60 }, (_, index) => file(`note ${index}.txt`, `Note ${index}.`)));
    await page.getByRole('link', { name: 'Library', exact: true }).click();
    await expect.element(sources().getByRole('listitem').first()).toBeVisible();
    const link = page.getByRole('link', { name: 'Settings', exact: true });
    expect(link.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(740);
    await link.click();
    await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    expect(document.querySelectorAll('.tabs [aria-current]')).toHaveLength(0);
  });

  it('brings into view why these passages were chosen, with their ranks also where there is little width', async () => {
    await page.viewport(360, 500);
    await addLeaseUnseen();
    await ask('Who repairs the cold room?');
    await page.getByRole('button', { name: 'Why these passages' }).click();
    const region = page.getByRole('region', { name: 'Why these passages' });
    await expect.element(region).toBeVisible();
    await vi.waitFor(() => expect(region.element().getBoundingClientRect().top).toBeLessThan(250));
    expect([...region.element().querySelectorAll('td.rank')].map((cell) => cell.checkVisibility() && cell.textContent)).toContain('1');
  });

  it('keeps only rows near the viewport of a long list, and says how long it is', async () => {
    await app.adding.addFiles(Array.from({ length: 400 }, (_, index) => file(`note ${index}.txt`, `Note ${index}.`)));
    await vi.waitFor(() => expect(app.library.sources.value.size).toBe(400));
    await expect.element(sources()).toBeVisible();
    const rows = sources().getByRole('listitem').elements();
    expect(rows.length).toBeLessThan(80);
    expect(rows[0]?.getAttribute('aria-setsize')).toBe('400');
    const scroller = document.querySelector('.library .scroll');
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
    await vi.waitFor(() => expect(sources().getByRole('listitem').elements().at(-1)?.getAttribute('aria-posinset')).toBe('400'));
  });
});

/** On a narrow page the list is not on screen. */
async function addLeaseUnseen(): Promise<void> {
  await app.adding.addFiles([file('lease.txt', lease)]);
  await vi.waitFor(() => expect([...app.library.sources.value.values()].map(({ state }) => state)).toEqual(['ready']));
}
