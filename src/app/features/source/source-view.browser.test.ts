import axe from 'axe-core';
import * as fc from 'fast-check';
import { h, render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { BlockKind, SourceType } from '#core/document/parsed-document.ts';
import type { PassageBlock } from '#core/document/passage.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import { SourceView, type SourceViewProperties } from './source-view.tsx';
import { cite, citeSpan, documentId, sourceText, viewerEngine } from './test-viewer/viewer-engine.ts';

let host: HTMLElement | undefined;

function show(properties: Partial<SourceViewProperties> & Pick<SourceViewProperties, 'engine'>, widthPx = 500): HTMLElement {
  host ??= document.body.appendChild(document.createElement('main'));
  host.style.blockSize = '600px';
  host.style.inlineSize = `${widthPx}px`;
  render(h(SourceView, { source: documentId, citations: [], onStep: () => undefined, onClose: () => undefined, ...properties }), host);
  return host;
}

afterEach(() => {
  document.documentElement.style.fontSize = '';
  if (host) render(null, host);
  host?.remove();
  host = undefined;
});

const markedText = (root: ParentNode, citation: number): string =>
  [...root.querySelectorAll(`mark[data-citation="${citation}"]`)].map((mark) => mark.textContent).join('');

/** The text of an element without the parts that `selector` names. */
function textWithout(element: Element | null, selector: string): string {
  const copy = element?.cloneNode(true) as Element | undefined;
  for (const part of copy?.querySelectorAll(selector) ?? []) part.remove();
  return copy?.textContent ?? '';
}

const button = (root: ParentNode, name: string): HTMLButtonElement => {
  const found = [...root.querySelectorAll('button')].find((one) => (one.ariaLabel ?? one.textContent) === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

const press = (target: Element, key: string, modifiers: KeyboardEventInit = {}): boolean =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }));

const markdown = [
  '# Repair',
  'The **Tenant** shall give [notice](https://example.org/a?b=1) within `five` days.',
  '- first *item*\n- second item',
  '| Part | Cost |\n| --- | ---: |\n| pump | 12 |\n| valve | 7 |',
  '![plan](https://tracker.example/x.png)\n',
].join('\n\n');
const header = '| Part | Cost |';
const markdownText = sourceText({
  type: 'markdown',
  text: markdown,
  blocks: [
    { at: 0, kind: 'heading', level: 1 },
    { at: markdown.indexOf('The'), kind: 'paragraph' },
    { at: markdown.indexOf('- first'), kind: 'list-item', level: 1 },
    { at: markdown.indexOf('- second'), kind: 'list-item', level: 1 },
    { at: markdown.indexOf('| Part'), kind: 'table-row' },
    { at: markdown.indexOf('| pump'), kind: 'table-row', header },
    { at: markdown.indexOf('| valve'), kind: 'table-row', header },
    { at: markdown.indexOf('![plan'), kind: 'paragraph' },
  ],
});

const manyParagraphs = Array.from({ length: 40_000 }, (_, index) => `Paragraph ${index} of a very long document that goes on for quite a while and never seems to end, ${index}.`);
const longText = sourceText({
  type: 'text',
  text: manyParagraphs.join('\n\n'),
  blocks: manyParagraphs.reduce<{ at: number; blocks: PassageBlock[] }>(
    ({ at, blocks }, paragraph) => {
      blocks.push({ at, kind: 'paragraph' });
      return { at: at + paragraph.length + 2, blocks };
    },
    { at: 0, blocks: [] },
  ).blocks,
});

describe('SourceView of typeset text', () => {
  it('marks a span over headings, lists and tables so that the joined marks are the cited text', async () => {
    const [start, end] = [markdown.indexOf('pair'), markdown.indexOf('ve | 7')];
    const citations = [citeSpan(1, markdownText, start, end), cite(2, markdownText, '**Tenant** shall')];
    const root = show({ engine: viewerEngine(markdownText), citations, active: 2 });
    await vi.waitFor(() => expect(markedText(root, 1)).toBe(markdown.slice(start, end)));
    expect(markedText(root, 2)).toBe('**Tenant** shall');
    expect([...root.querySelectorAll('mark.here')].every((mark) => mark.getAttribute('data-citation') === '2')).toBe(true);
  });

  it('keeps the cited text exact for any blocks, types and overlapping citations', async () => {
    const kinds = fc.constantFrom<BlockKind>('heading', 'paragraph', 'list-item', 'table-row', 'code', 'quote', 'caption');
    const part = fc.record({ kind: kinds, text: fc.constantFrom('a **b** c', '> ## h', '>', '> | x |\n> | y |', '<Listing a="b">', '[a]: b', '| x | y |', 'x\ty', '> q', '`c`\n', '漢字 😀', '  - z', 'Name: 1; B: 2'), gap: fc.constantFrom('\n', '\n\n', ' \n\t') });
    const property = fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 8 }), fc.constantFrom<SourceType>('markdown', 'text', 'html', 'csv', 'code'),
      fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 4 }),
      async (parts, type, spans) => {
        const blocks: PassageBlock[] = [];
        let text = '';
        for (const { kind, text: body, gap } of parts) {
          blocks.push({ at: text.length, kind, ...(kind === 'table-row' && blocks.length > 0 && { header: 'Name\tB' }) });
          text += body + gap;
        }
        const shown = sourceText({ type, text, blocks });
        const citations = spans.map(([from, size], index) => {
          const start = from % text.length;
          return citeSpan(index + 1, shown, start, Math.min(text.length, start + 1 + size));
        });
        const root = show({ engine: viewerEngine(shown), citations, active: 1 });
        await vi.waitFor(() => expect(textWithout(root.querySelector('.source-text'), 'thead')).toBe(text));
        for (const citation of citations) expect(markedText(root, citation.number)).toBe(citation.quote);
        render(null, root);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  it('sets tables with their header, hides markup, and shows links with their host and images as words only', async () => {
    const root = show({ engine: viewerEngine(markdownText) });
    await vi.waitFor(() => expect(root.querySelectorAll('td')).toHaveLength(4));
    expect([...root.querySelectorAll('th[scope="col"]')].map((cell) => textWithout(cell, '.source-syntax').trim())).toEqual(['Part', 'Cost']);
    const link = root.querySelector('a');
    expect(link).toMatchObject({ href: 'https://example.org/a?b=1', rel: 'noopener noreferrer', target: '_blank', textContent: 'notice' });
    expect(link?.dataset['host']).toBe('example.org');
    expect(root.querySelector('img')).toBeNull();
    expect(root.querySelector('.source-text b')?.textContent).toBe('Tenant');
    const syntax = root.querySelector('.source-syntax');
    expect(syntax?.getBoundingClientRect().width).toBe(0);
  });

  it('sets what stands in a quote as one quote: its heading, list and text, and no line for a lone mark', async () => {
    const text = '> ### The Stack\n>\n> Values _are\n> stored_ in order.\n>\n> - first\n\nAfter.\n\n<Listing number="1">\n';
    const kinds: [string, BlockKind][] = [['> ###', 'heading'], ['>\n> V', 'paragraph'], ['> Values', 'quote'], ['>\n> -', 'paragraph'], ['> - first', 'list-item'], ['After', 'paragraph'], ['<Listing', 'paragraph']];
    const shown = sourceText({ type: 'markdown', text, blocks: kinds.map(([begin, kind]) => ({ at: text.indexOf(begin), kind })) });
    const root = show({ engine: viewerEngine(shown), citations: [cite(1, shown, 'Stack\n>\n> Values _are\n> stored_')] });
    const quote = await vi.waitFor(() => root.querySelector('blockquote') ?? expect.unreachable());
    expect(root.querySelectorAll('blockquote')).toHaveLength(1);
    expect(quote.querySelector('h3, h4, h5, h6')).not.toBeNull();
    expect(quote.querySelectorAll('li')).toHaveLength(1);
    expect(textWithout(quote, '.source-syntax').replaceAll(/\s+/gu, ' ').trim()).toBe('The Stack Values are stored in order. first');
    expect([...quote.querySelectorAll('.unseen')].map((line) => line.getBoundingClientRect().height)).toEqual([0, 0]);
    expect(markedText(root, 1)).toBe('Stack\n>\n> Values _are\n> stored_');
    expect(root.querySelector('.source-text')?.lastElementChild?.lastElementChild?.getBoundingClientRect().height).toBe(0);
  });

  it('leaves no empty lines where the fences of code were', async () => {
    const root = show({ engine: viewerEngine(sourceText({ type: 'markdown', text: '```rust\nlet a = 1;\n```\n', blocks: [{ at: 0, kind: 'code' }] })) });
    const code = await vi.waitFor(() => root.querySelector('pre') ?? expect.unreachable());
    const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(code);
    expect(code.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom)).toBeLessThan(1.5 * Number.parseFloat(lineHeight));
  });

  it('sets running heads small and quiet', async () => {
    const text = 'Annual report\nThe year was good.';
    const root = show({ engine: viewerEngine(sourceText({ type: 'pdf', text, blocks: [{ at: 0, kind: 'running-head' }, { at: 14, kind: 'paragraph' }] })) });
    const head = await vi.waitFor(() => root.querySelector('.running-head') ?? expect.unreachable());
    const [small, usual] = [getComputedStyle(head), getComputedStyle(root.querySelector('.paragraph') as Element)];
    expect(Number.parseFloat(small.fontSize)).toBeLessThan(Number.parseFloat(usual.fontSize));
    expect(small.color).not.toBe(usual.color);
  });

  it.each([['csv', '.source-scroll', 'Table'], ['docx', '.source-table', 'Table']] as const)('breaks no word of a %s table, and scrolls it in a region of its own to the evidence in its last column', async (type, region, label) => {
    const names = ['Part number', 'Description', 'Supplier', 'Warehouse location', 'Quantity', 'Responsible', 'Remarks'];
    const rows = Array.from({ length: 70 }, (_, row) => [`CB-${1000 + row}`, 'Conveyor WWWWWWWWWW reinforced', 'Northern Conveyor Works', `Hall ${row} left`, '140', 'Ottilie Brandauer', `Replace after ${row} thousand hours of uninterrupted running`]);
    const lines = [names, ...rows].map((cells) => cells.join('\t'));
    const header = lines[0] ?? '';
    let at = 0;
    const blocks = lines.map((line, index): PassageBlock => {
      const block: PassageBlock = { at, kind: 'table-row', ...(index > 0 && { header }) };
      at += line.length + 1;
      return block;
    });
    const shown = sourceText({ type, text: lines.join('\n'), blocks });
    const root = show({ engine: viewerEngine(shown), citations: [cite(1, shown, 'after 65 thousand hours')], active: 1 });
    const mark = await vi.waitFor(() => root.querySelector('mark.here') ?? expect.unreachable());
    const scroller = mark.closest(region) as HTMLElement;
    expect(scroller).toMatchObject({ ariaLabel: label, tabIndex: 0 });
    await vi.waitFor(() => expect(mark.getBoundingClientRect().right).toBeLessThan(scroller.getBoundingClientRect().right));
    expect(scroller.scrollWidth).toBeGreaterThan(scroller.clientWidth);
    for (const cell of root.querySelectorAll('tbody td, tbody th, thead th')) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const word of (node.nodeValue ?? '').matchAll(/\S+/gu)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          expect(new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size).toBe(1);
        }
      }
      expect(cell.scrollWidth).toBeLessThanOrEqual(cell.clientWidth);
    }
    const { violations } = await axe.run(root);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  it.each(['html', 'csv'] as const)('wraps the text of a %s table to fit where its words have room', async (type) => {
    const lines = ['Company type\tPublic company with shares traded at several exchanges of the world', 'Headquarters\tOne Lighthouse Way, Quayside Harbour, by the old breakwater and the ferry terminal', 'Founded\tApril 4, 1975; 48 years ago'];
    const text = lines.join('\n');
    const root = show({ engine: viewerEngine(sourceText({ type, text, blocks: lines.map((line) => ({ at: text.indexOf(line), kind: 'table-row' })) })) }, 440);
    const table = await vi.waitFor(() => root.querySelector('.source-table') ?? expect.unreachable());
    await vi.waitFor(() => expect(table.querySelector('table')?.getBoundingClientRect().width).toBeGreaterThan(200));
    for (const box of [table, root.querySelector('.source-scroll') as Element]) expect(box.scrollWidth).toBe(box.clientWidth);
    expect(table.querySelector('table')?.getBoundingClientRect().width).toBeLessThanOrEqual(table.clientWidth);
    expect(root.querySelector<HTMLElement>('.source-table-bar')?.offsetHeight ?? 0).toBe(0);
  });

  it('keeps the scroll bar of a wide table in view, and moves the table with it', async () => {
    const lines = Array.from({ length: 80 }, (_, row) => Array.from({ length: 14 }, (_, column) => `${row},${column}00,000`).join('\t'));
    const text = lines.join('\n');
    let at = 0;
    const blocks = lines.map((line): PassageBlock => ({ at: (at += line.length + 1) - line.length - 1, kind: 'table-row' }));
    const root = show({ engine: viewerEngine(sourceText({ type: 'html', text, blocks })) }, 440);
    const bar = await vi.waitFor(() => root.querySelector<HTMLElement>('.source-table-bar') ?? expect.unreachable());
    const table = root.querySelector('.source-table') as HTMLElement;
    await vi.waitFor(() => expect(table.scrollWidth).toBeGreaterThan(table.clientWidth));
    expect(table.getBoundingClientRect().height).toBeGreaterThan(700);
    const view = root.querySelector('.source-scroll')?.getBoundingClientRect() as DOMRect;
    const box = bar.getBoundingClientRect();
    expect(box.height).toBeGreaterThan(10);
    expect(Math.abs(box.bottom - view.bottom)).toBeLessThan(2);
    expect(bar.scrollWidth).toBe(table.scrollWidth);
    bar.scrollLeft = 120;
    await vi.waitFor(() => expect(table.scrollLeft).toBe(120));
    const { violations } = await axe.run(root);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  it('copies clean text, without markup', async () => {
    const root = show({ engine: viewerEngine(markdownText) });
    await vi.waitFor(() => expect(root.querySelector('.source-text p')).not.toBeNull());
    const paragraph = [...root.querySelectorAll('.source-text p')].find((one) => one.textContent.startsWith('The')) as Node;
    getSelection()?.selectAllChildren(paragraph);
    expect(getSelection()?.toString().trim()).toBe('The Tenant shall give notice within five days.');
  });

  it('lands at the evidence: in view and focused, but leaves the focus of who is writing', async () => {
    const citations = [cite(1, longText, 'Paragraph 31000 of'), cite(2, longText, 'Paragraph 7 of')];
    const root = show({ engine: viewerEngine(longText), citations, active: 1 });
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-citation')).toBe('1'));
    const view = root.querySelector('.source-scroll')?.getBoundingClientRect() as DOMRect;
    const mark = root.querySelector('mark.here')?.getBoundingClientRect() as DOMRect;
    expect(mark.top).toBeGreaterThan(view.top);
    expect(mark.bottom).toBeLessThan(view.bottom);

    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    show({ engine: viewerEngine(longText), citations, active: 2 });
    await vi.waitFor(() => expect(root.querySelector('mark.here')?.textContent).toBe('Paragraph 7 of'));
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it('holds only what is near the view of a document of millions of characters', async () => {
    const engine = viewerEngine(longText);
    const root = show({ engine, citations: [cite(1, longText, 'Paragraph 20000 of')], active: 1 });
    await vi.waitFor(() => expect(markedText(root, 1)).toBe('Paragraph 20000 of'));
    expect(longText.text.length).toBeGreaterThan(4_000_000);
    await vi.waitFor(() => expect(root.querySelectorAll('.source-text p').length).toBeGreaterThan(10));
    expect(root.querySelectorAll('*').length).toBeLessThan(3_000);
  });

  it('finds text: counts the matches, steps through them, and closes with Escape', async () => {
    const root = show({ engine: viewerEngine(markdownText) });
    await vi.waitFor(() => expect(root.querySelector('.source-text')).not.toBeNull());
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    scroller.focus();
    expect(press(scroller, 'f', { ctrlKey: true })).toBe(false);
    const field = await vi.waitFor(() => root.querySelector<HTMLInputElement>('input[aria-label="Find in this source"]') ?? expect.unreachable());
    field.value = 'ITEM';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await vi.waitFor(() => expect(root.querySelector('.source-count')?.textContent).toBe('1 of 2'));
    press(field, 'Enter');
    await vi.waitFor(() => expect(root.querySelector('.source-count')?.textContent).toBe('2 of 2'));
    expect(root.querySelectorAll('.source-found')).toHaveLength(2);
    press(field, 'Enter', { shiftKey: true });
    await vi.waitFor(() => expect(root.querySelector('.source-count')?.textContent).toBe('1 of 2'));
    const onPage = vi.fn<() => void>();
    addEventListener('keydown', onPage);
    press(field, 'Escape');
    removeEventListener('keydown', onPage);
    expect(onPage).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(root.querySelector('.source-found')).toBeNull());
    expect(document.activeElement).toBe(scroller);
  });

  it('takes what is typed right after Find was chosen', async () => {
    const root = show({ engine: viewerEngine(markdownText) });
    await vi.waitFor(() => expect(root.querySelector('.source-text')).not.toBeNull());
    button(root, 'Find').click();
    await Promise.resolve();
    await Promise.resolve();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Find in this source');
  });

  it('keeps Escape to itself while a panel is open, wherever in the region was clicked', async () => {
    const root = show({ engine: viewerEngine(markdownText) });
    (await vi.waitFor(() => button(root, 'Outline'))).click();
    await vi.waitFor(() => expect(root.querySelector('.source-outline')).not.toBeNull());
    await userEvent.click(root.querySelector('.source-title') as Element);
    const onPage = vi.fn<() => void>();
    addEventListener('keydown', onPage);
    await userEvent.keyboard('{Escape}');
    expect(onPage).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(root.querySelector('.source-outline')).toBeNull());
    await userEvent.keyboard('{Escape}');
    expect(onPage).toHaveBeenCalledOnce();
    removeEventListener('keydown', onPage);
  });

  it('counts the steps taken before the matches are known', async () => {
    const root = show({ engine: viewerEngine(longText) });
    await vi.waitFor(() => expect(root.querySelector('.source-text')).not.toBeNull());
    button(root, 'Find').click();
    const field = await vi.waitFor(() => root.querySelector<HTMLInputElement>('input[aria-label="Find in this source"]') ?? expect.unreachable());
    field.value = 'paragraph 3999';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    press(field, 'Enter');
    press(field, 'Enter');
    await vi.waitFor(() => expect(root.querySelector('.source-count')?.textContent).toBe('3 of 11'));
    await vi.waitFor(() => expect(root.querySelector('.source-found.current')?.closest('p')?.textContent).toContain('Paragraph 39991 of'));
  });

  it('brings the evidence back into view when its citation is chosen again', async () => {
    const citations = [cite(1, longText, 'Paragraph 90 of')];
    const engine = viewerEngine(longText);
    const root = show({ engine, citations, active: 1, visit: {} });
    const mark = await vi.waitFor(() => root.querySelector('mark.here') ?? expect.unreachable());
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    const isInView = (): boolean => mark.getBoundingClientRect().top > scroller.getBoundingClientRect().top && mark.getBoundingClientRect().bottom < scroller.getBoundingClientRect().bottom;
    await vi.waitFor(() => expect(isInView()).toBe(true));
    scroller.dispatchEvent(new WheelEvent('wheel'));
    scroller.scrollTop = 0;
    expect(isInView()).toBe(false);
    show({ engine, citations, active: 1, visit: {} });
    await vi.waitFor(() => expect(root.querySelector('mark.here') === mark && isInView()).toBe(true));
  });

  it.each([320, 360, 420, 500, 700])('keeps its head and foot to one line at %i px, with the place and the zoom in view where there is room', async (widthPx) => {
    const root = show({ engine: viewerEngine(markdownText) }, widthPx);
    await vi.waitFor(() => expect(root.querySelector('.source-text')).not.toBeNull());
    const [head, foot] = [root.querySelector('.source-head') as HTMLElement, root.querySelector('.source-foot') as HTMLElement];
    const wide = widthPx >= 400;
    expect(root.querySelector('.place')?.checkVisibility()).toBe(wide);
    expect(foot.checkVisibility()).toBe(wide);
    if (!wide) button(root, 'View, 100 %').click();
    await vi.waitFor(() => expect(foot.checkVisibility()).toBe(true));
    for (const bar of [head, foot]) {
      expect(bar.scrollWidth).toBeLessThanOrEqual(bar.clientWidth);
      expect(bar.clientHeight).toBeLessThan(60);
    }
    button(root, 'Zoom in').click();
    await vi.waitFor(() => expect(button(root, 'Usual size, now 110 %').disabled).toBe(false));
  });

  it.each([[360, 600], [320, 500]])('keeps Close and the title in view, and all of it in its width, with text of twice the size at %i px', async (widthPx, heightPx) => {
    document.documentElement.style.fontSize = '200%';
    const root = show({ engine: viewerEngine(markdownText), citations: [cite(1, markdownText, 'five'), cite(2, markdownText, 'pump')], active: 1 }, widthPx);
    root.style.blockSize = `${heightPx}px`;
    await vi.waitFor(() => expect(root.querySelector('mark.here')).not.toBeNull());
    const region = root.querySelector('.source') as HTMLElement;
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    expect(button(root, 'Close source').getBoundingClientRect().top).toBeGreaterThanOrEqual(region.getBoundingClientRect().top);
    button(root, `View, 100 %`).click();
    await vi.waitFor(() => expect(root.querySelector('.source-foot')?.checkVisibility()).toBe(true));
    const view = region.getBoundingClientRect();
    for (const shown of [...region.querySelectorAll<HTMLElement>('button, .source-title .name, .source-where output')].filter((one) => one.checkVisibility())) {
      const box = shown.getBoundingClientRect();
      expect(box.left).toBeGreaterThanOrEqual(view.left);
      expect(box.right).toBeLessThanOrEqual(view.right);
    }
    expect(root.querySelector('.source-title .name')?.getBoundingClientRect().width).toBeGreaterThan(150);
    for (const box of [region, scroller]) expect(box.scrollWidth).toBe(box.clientWidth);
  });

  it.each([[640, 352], [320, 208]])('scrolls as one in a region of %i × %i px, the bars under its head with the document', async (widthPx, heightPx) => {
    const root = show({ engine: viewerEngine(longText), citations: [cite(1, longText, 'Paragraph 31000 of')], active: 1 }, widthPx);
    root.style.blockSize = `${heightPx}px`;
    const mark = await vi.waitFor(() => root.querySelector('mark.here') ?? expect.unreachable());
    const scrollers = (): Element[] => [...root.querySelectorAll('*')].filter((one) => one.scrollHeight > one.clientHeight + 1 && /auto|scroll/u.test(getComputedStyle(one).overflowY));
    await vi.waitFor(() => expect(scrollers()).toEqual([root.querySelector('.source-scroll')]));
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    expect(scroller.clientHeight).toBeGreaterThan(0.7 * heightPx);
    await vi.waitFor(() => expect(mark.getBoundingClientRect().bottom).toBeLessThan(scroller.getBoundingClientRect().bottom));
    expect(mark.getBoundingClientRect().top).toBeGreaterThan(scroller.getBoundingClientRect().top);
    scroller.dispatchEvent(new WheelEvent('wheel'));
    scroller.scrollTop = 0;
    expect(root.querySelector('.source-where')?.getBoundingClientRect().top).toBe(scroller.getBoundingClientRect().top);
    expect(scroller.scrollWidth).toBe(scroller.clientWidth);
    const { violations } = await axe.run(root);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });

  it.each([320, 480, 900])('says at %i px how far a citation is supported: quotes word for word', async (widthPx) => {
    const citations = [cite(1, markdownText, 'Repair')];
    const root = show({ engine: viewerEngine(markdownText), citations, active: 1, quoted: true }, widthPx);
    const words = (): string => (root.querySelector('.source-where output') as HTMLElement | null)?.innerText ?? '';
    await vi.waitFor(() => expect(words()).toBe('Citation 1 of 1 · verified, word for word'));
    show({ engine: viewerEngine(markdownText), citations, active: 1, quoted: false }, widthPx);
    await vi.waitFor(() => expect(words()).toBe('Citation 1 of 1 · verified'));
  });

  it('steps between citations, not beyond the first and the last, and closes', async () => {
    const [onStep, onClose] = [vi.fn<(direction: 1 | -1) => void>(), vi.fn<() => void>()];
    const citations = [cite(1, markdownText, 'Repair'), cite(2, markdownText, 'five')];
    const root = show({ engine: viewerEngine(markdownText), citations, active: 1, onStep, onClose });
    await vi.waitFor(() => expect(root.querySelector('.source-where')?.textContent).toContain('Citation 1 of 2'));
    expect(button(root, 'Previous citation').disabled).toBe(true);
    button(root, 'Next citation').click();
    expect(onStep).toHaveBeenCalledExactlyOnceWith(1);
    button(root, 'Close source').click();
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('goes to a heading of the outline', async () => {
    const text = `# One\n\n${'word '.repeat(3_000)}\n\n# Two\n\nend`;
    const shown = sourceText({ type: 'markdown', text, blocks: [{ at: 0, kind: 'heading', level: 1 }, { at: 7, kind: 'paragraph' }, { at: text.indexOf('# Two'), kind: 'heading', level: 1 }, { at: text.indexOf('end'), kind: 'paragraph' }] });
    const root = show({ engine: viewerEngine(shown) });
    (await vi.waitFor(() => button(root, 'Outline'))).click();
    (await vi.waitFor(() => button(root, 'Two'))).click();
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    await vi.waitFor(() => expect(scroller.scrollTop).toBeGreaterThan(500));
    expect([...root.querySelectorAll('h3')].map((heading) => heading.textContent.trim())).toContain('# Two');
  });

  it('sets the language and direction of the text', async () => {
    const shown = sourceText({ type: 'text', text: 'مرحبا بالعالم', blocks: [{ at: 0, kind: 'paragraph' }], language: 'ar' });
    const root = show({ engine: viewerEngine(shown) });
    await vi.waitFor(() => expect(root.querySelector('.source-text')).toMatchObject({ lang: 'ar', dir: 'rtl' }));
  });

  it('says so when a source is gone, and when only the text of a PDF was kept', async () => {
    const root = show({ engine: viewerEngine(undefined) });
    await vi.waitFor(() => expect(root.querySelector('[role="alert"]')?.textContent).toContain('not in your library any more'));
    render(null, root);
    const shown = sourceText({ type: 'pdf', text: 'Page text', blocks: [{ at: 0, kind: 'paragraph' }], pageStarts: [0] });
    show({ engine: viewerEngine(shown), citations: [cite(1, shown, 'text')], active: 1 });
    await vi.waitFor(() => expect(markedText(root, 1)).toBe('text'));
    expect(root.querySelector('.source-note')?.textContent).toContain('original was not kept');
  });

  it('has nothing axe objects to, with each panel open', async () => {
    const root = show({ engine: viewerEngine(markdownText), citations: [cite(1, markdownText, 'five'), cite(2, markdownText, 'pump')], active: 1 });
    await vi.waitFor(() => expect(root.querySelector('mark.here')).not.toBeNull());
    for (const panel of ['Outline', 'Find']) {
      button(root, panel).click();
      await vi.waitFor(() => expect(button(root, panel).ariaExpanded).toBe('true'));
      const { violations } = await axe.run(root);
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    }
  });
});
