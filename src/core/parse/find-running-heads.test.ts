import { describe, expect, it } from 'vitest';
import { findRunningHeads } from './find-running-heads.ts';
import type { PdfPageLayout } from './layout-pdf-page.ts';

function page(...texts: string[]): PdfPageLayout {
  const text = texts.join('\n\n');
  const blocks = texts.map((part) => ({ kind: 'paragraph' as const, start: text.indexOf(part), end: text.indexOf(part) + part.length, size: 10, isBold: false }));
  return { text, pieces: [], blocks: blocks as unknown as PdfPageLayout['blocks'] };
}

function headsOf(pages: PdfPageLayout[]): string[] {
  const found = findRunningHeads(pages);
  return pages.flatMap(({ text, blocks }) => blocks.filter((block) => found.has(block)).map(({ start, end }) => text.slice(start, end)));
}

describe('running heads of a PDF', () => {
  it('are what stands at the edge of several pages, whatever its numbers', () => {
    expect(headsOf([page('2.1 LINES 26', 'The first.', '26'), page('2.1 LINES 27', 'The second.', '27'), page('Lines 28', 'The third.', 'The end.')])).toEqual([
      '2.1 LINES 26', '26', '2.1 LINES 27', '27', 'Lines 28',
    ]);
  });

  it('are never the text between', () => {
    expect(headsOf([page('A', 'Same.', 'B'), page('C', 'Same.', 'D'), page('E', 'Same.', 'F')])).toEqual([]);
  });

  it('are not looked for in two pages', () => {
    expect(headsOf([page('Head', 'One.'), page('Head', 'Two.')])).toEqual([]);
  });
});
