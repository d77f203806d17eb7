import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SourceText } from '#core/engine/engine-api.ts';
import { parseDocument } from '#core/parse/parse-document.ts';
import '../../../ui/tokens.css';
import '../../../ui/base.css';
import '../../../ui/controls.css';
import { openPdf } from './open-pdf.ts';
import { SourceView, type SourceViewProperties } from '../source-view.tsx';
import { cite, citeSpan, documentId, sourceText, viewerEngine } from '../test-viewer/viewer-engine.ts';

const fixtures: Record<string, string> = {
  lighthouse: new URL('../../../../core/parse/fixtures/lighthouse.pdf', import.meta.url).href,
  scanned: new URL('../../../../core/parse/fixtures/partly-scanned.pdf', import.meta.url).href,
};

let host: HTMLElement | undefined;

function show(properties: Partial<SourceViewProperties> & Pick<SourceViewProperties, 'engine'>): HTMLElement {
  host ??= document.body.appendChild(document.createElement('main'));
  host.style.blockSize = '600px';
  host.style.inlineSize = '500px';
  render(h(SourceView, { source: documentId, citations: [], onStep: () => undefined, onClose: () => undefined, ...properties }), host);
  return host;
}

afterEach(() => {
  if (host) render(null, host);
  host?.remove();
  host = undefined;
});

/** A fixture as the engine would give it, and its bytes. */
async function open(name: keyof typeof fixtures): Promise<{ shown: SourceText; original: Blob }> {
  const original = await (await fetch(fixtures[name] ?? '')).blob();
  const { text, blocks, pageStarts, coverage } = await parseDocument({ name: 'a.pdf', bytes: new Uint8Array(await original.arrayBuffer()) }, {});
  // The parser leaves its worker half here; the viewer is to start a worker of its own.
  delete (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker;
  const passageBlocks = blocks.map(({ start, kind, level }) => ({ at: start, kind, ...(level !== undefined && { level }) }));
  return { original, shown: sourceText({ type: 'pdf', text, blocks: passageBlocks, pageStarts: pageStarts ?? [], unreadPages: coverage?.unreadPages ?? [] }, true) };
}

const markedText = (root: ParentNode, citation: number): string =>
  [...root.querySelectorAll(`mark[data-citation="${citation}"]`)].map((mark) => mark.textContent).join('');

const button = (root: ParentNode, name: string): HTMLButtonElement => {
  const found = [...root.querySelectorAll('button')].find((one) => (one.ariaLabel ?? one.textContent) === name);
  if (!found) throw new Error(`no button ${name}`);
  return found;
};

/** Of the first page, in CSS pixels. */
async function paperSize(data: ArrayBuffer): Promise<{ width: number; height: number }> {
  const opened = await openPdf(new Blob([data]));
  const [size] = opened.sizes;
  await opened.close();
  return size ?? expect.unreachable();
}

const inkIn = (canvas: HTMLCanvasElement): boolean => {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value, index) => index % 4 === 0 && value < 100);
};

describe('SourceView of a PDF', () => {
  it('draws its pages and marks a span that runs over a page break and parted words exactly', async () => {
    const { shown, original } = await open('lighthouse');
    const [start, end] = [shown.text.indexOf('lamp burned'), shown.text.indexOf('nine hundred') + 12];
    expect(shown.text.slice(start, end)).toContain('rapeseed');
    const root = show({ engine: viewerEngine(shown, original), citations: [citeSpan(1, shown, start, end)], active: 1 });
    await vi.waitFor(() => expect(markedText(root, 1)).toBe(shown.text.slice(start, end)), 10_000);
    const canvas = await vi.waitFor(() => root.querySelector('canvas') ?? expect.unreachable(), 10_000);
    expect(inkIn(canvas)).toBe(true);
  });

  it('lays each mark over the words in the picture', async () => {
    const { shown, original } = await open('lighthouse');
    const root = show({ engine: viewerEngine(shown, original), citations: [cite(1, shown, 'The fog signal was a bell of bronze')], active: 1 });
    const mark = await vi.waitFor(() => root.querySelector('mark.here') ?? expect.unreachable(), 10_000);
    const frame = mark.closest('.pdf-frame') as HTMLElement;
    const canvas = await vi.waitFor(() => frame.querySelector('canvas') ?? expect.unreachable(), 10_000);
    const [box, page] = [mark.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const scale = canvas.width / page.width;
    const pixels = canvas.getContext('2d')?.getImageData((box.left - page.left) * scale, (box.top - page.top) * scale, box.width * scale, box.height * scale).data ?? [];
    const dark = [...pixels].filter((value, index) => index % 4 === 0 && value < 128).length / (pixels.length / 4);
    expect(dark).toBeGreaterThan(0.05);
    expect(dark).toBeLessThan(0.6);
    expect(document.activeElement).toBe(mark);
    expect(root.querySelector('.source-title')?.textContent).toContain('page 2 of 3');
  });

  it('copies the words of the document, whole and in reading order', async () => {
    const { shown, original } = await open('lighthouse');
    const root = show({ engine: viewerEngine(shown, original), citations: [cite(1, shown, 'Its lamp burned rapeseed oil until 1894')], active: 1 });
    const marks = await vi.waitFor(() => {
      const found = root.querySelectorAll('mark.here');
      expect(found.length).toBeGreaterThan(1);
      return found;
    }, 10_000);
    const range = document.createRange();
    range.setStart(marks[0]?.firstChild as Node, 0);
    range.setEndAfter(marks[marks.length - 1]?.firstChild as Node);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    const clipboardData = new DataTransfer();
    marks[0]?.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
    expect(clipboardData.getData('text/plain')).toBe('Its lamp burned rapeseed oil until 1894');
  });

  it('says which pages are scans, and goes to the page of the page field', async () => {
    const { shown, original } = await open('scanned');
    const root = show({ engine: viewerEngine(shown, original) });
    await vi.waitFor(() => expect(root.querySelectorAll('.pdf-sheet')).toHaveLength(3), 10_000);
    const unread = shown.source.coverage?.unreadPages ?? [];
    expect(unread.length).toBeGreaterThan(0);
    expect([...root.querySelectorAll('.pdf-sheet > .pdf-note')].map((note) => note.textContent)).toEqual(
      unread.map((page) => `Page ${page} is a scan without text. It was not read, so answers do not cover it.`));
    const field = await vi.waitFor(() => root.querySelector<HTMLInputElement>('input[type="number"]') ?? expect.unreachable());
    field.value = '3';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => expect(root.querySelector('.source-title')?.textContent).toContain('page 3 of 3'));
  });

  it.each([500, 360])('fits its pages into the region, without a sideways scroll bar, at %i px', async (widthPx) => {
    const { shown, original } = await open('lighthouse');
    const root = show({ engine: viewerEngine(shown, original) });
    root.style.inlineSize = `${widthPx}px`;
    await vi.waitFor(() => expect(root.querySelectorAll('.pdf-sheet')).toHaveLength(3), 10_000);
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    await vi.waitFor(() => expect(scroller.querySelector('.pdf-frame')?.getBoundingClientRect().width).toBeGreaterThan(scroller.clientWidth - 50));
    expect(scroller.scrollWidth).toBe(scroller.clientWidth);
    const foot = root.querySelector('.source-foot') as HTMLElement;
    expect(foot.scrollWidth).toBeLessThanOrEqual(foot.clientWidth);
  });

  it('fits the text, not the paper, and names the zoom by what it is: fit, or times the real size of the paper', async () => {
    const { shown, original } = await open('lighthouse');
    const root = show({ engine: viewerEngine(shown, original), citations: [cite(1, shown, 'The fog signal was a bell of bronze')], active: 1 });
    const mark = await vi.waitFor(() => root.querySelector('mark.here') ?? expect.unreachable(), 10_000);
    const scroller = root.querySelector('.source-scroll') as HTMLElement;
    const page = mark.closest('.pdf-whole') as HTMLElement;
    const frame = mark.closest('.pdf-frame') as HTMLElement;
    await vi.waitFor(() => expect(page.offsetWidth).toBeGreaterThan(1.1 * frame.offsetWidth));
    expect(page.offsetLeft).toBeLessThan(0);
    const isInTheMiddle = (box: DOMRect, view: DOMRect): void => {
      expect(Math.abs((box.top + box.bottom) / 2 - (view.top + view.bottom) / 2)).toBeLessThan(view.height / 4);
      expect(box.left).toBeGreaterThanOrEqual(view.left);
    };
    isInTheMiddle(mark.getBoundingClientRect(), scroller.getBoundingClientRect());
    const fitted = page.offsetWidth;
    expect(button(root, 'Fit').textContent).toBe('Fit');
    button(root, 'Zoom in').click();
    const zoom = await vi.waitFor(() => root.querySelector('.source-foot .zoom:enabled') ?? expect.unreachable());
    const percent = Number.parseInt(zoom.textContent, 10);
    const { width } = await original.arrayBuffer().then(paperSize);
    await vi.waitFor(() => expect(Math.abs(page.offsetWidth - (percent / 100) * width)).toBeLessThan(2));
    expect(page.offsetWidth).toBeGreaterThan(fitted);
    button(root, 'Zoom in').click();
    button(root, 'Zoom in').click();
    await vi.waitFor(() => expect(scroller.scrollWidth).toBeGreaterThan(scroller.clientWidth));
    await vi.waitFor(() => isInTheMiddle((root.querySelector('mark.here') as Element).getBoundingClientRect(), scroller.getBoundingClientRect()));
    button(root, `Fit, now ${root.querySelector('.source-foot .zoom')?.textContent}`).click();
    await vi.waitFor(() => expect(Math.abs(page.offsetWidth - fitted)).toBeLessThan(2));
  });

  it('shows the text where the original is no PDF that can be opened', async () => {
    const { shown } = await open('lighthouse');
    const root = show({ engine: viewerEngine(shown, new Blob(['%PDF-1.7 broken'])), citations: [cite(1, shown, 'Ewan Tait')], active: 1 });
    await vi.waitFor(() => expect(markedText(root, 1)).toBe('Ewan Tait'), 10_000);
    expect(root.querySelector('.source-note')?.textContent).toContain('this is its text');
  });

  it('has nothing axe objects to', async () => {
    const { shown, original } = await open('lighthouse');
    const root = show({ engine: viewerEngine(shown, original), citations: [cite(1, shown, 'Ewan Tait')], active: 1 });
    await vi.waitFor(() => expect(root.querySelector('canvas')).not.toBeNull(), 10_000);
    const { violations } = await axe.run(root);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
});
