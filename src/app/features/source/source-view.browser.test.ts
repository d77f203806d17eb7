import { h, render } from 'preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import { SourceView, type SourceViewProperties } from './source-view.tsx';
import { cite, citeSpan, documentId, sourceText, viewerEngine } from './test-viewer/viewer-engine.ts';

let host: HTMLElement | undefined;

function show(properties: Partial<SourceViewProperties> & Pick<SourceViewProperties, 'engine'>): HTMLElement {
  host ??= document.body.appendChild(document.createElement('div'));
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

const markedText = (root: ParentNode, citation: number): string =>
  [...root.querySelectorAll(`mark[data-citation="${citation}"]`)].map((mark) => mark.textContent).join('');

const markdown = '# Repair\n\nThe **Tenant** shall give [notice](https://example.org/a?b=1) within `five` days.\n\n- first *item*\n- second item\n\n| Part | Cost |\n| --- | ---: |\n| pump | 12 |\n| valve | 7 |\n\n![plan](https://tracker.example/x.png)\n';
const markdownText = sourceText({
  type: 'markdown', text: markdown,
  blocks: [
    { at: 0, kind: 'heading', level: 1 },
    { at: markdown.indexOf('The'), kind: 'paragraph' },
    { at: markdown.indexOf('- first'), kind: 'list-item', level: 1 },
    { at: markdown.indexOf('- second'), kind: 'list-item', level: 1 },
    { at: markdown.indexOf('| Part'), kind: 'table-row' },
    { at: markdown.indexOf('| ---'), kind: 'table-row', header: '| Part | Cost |' },
    { at: markdown.indexOf('| pump'), kind: 'table-row', header: '| Part | Cost |' },
    { at: markdown.indexOf('| valve'), kind: 'table-row', header: '| Part | Cost |' },
    { at: markdown.indexOf('![plan'), kind: 'paragraph' },
  ],
});

describe('SourceView of typeset text', () => {
  it('marks a span over headings, lists and tables so that the joined marks are the cited text', async () => {
    const start = markdown.indexOf('pair');
    const end = markdown.indexOf('ve | 7');
    const citations = [citeSpan(1, markdownText, start, end), cite(2, markdownText, '**Tenant** shall')];
    const root = show({ engine: viewerEngine(markdownText), citations, active: 2 });
    await vi.waitFor(() => expect(markedText(root, 1)).toBe(markdown.slice(start, end)));
    expect(markedText(root, 2)).toBe('**Tenant** shall');
    expect(root.querySelector('mark.here')?.getAttribute('data-citation')).toBe('2');
  });
});
