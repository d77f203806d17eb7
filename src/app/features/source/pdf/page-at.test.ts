import { describe, expect, it } from 'vitest';
import { pageRange } from './load-page.ts';
import { pageAt, pagesOf } from './page-at.ts';

describe('pageAt', () => {
  it('finds the page of an offset; a page without text holds none', () => {
    const starts = [0, 10, 10, 25];
    expect([0, 9, 10, 24, 25, 99].map((offset) => pageAt(starts, offset))).toEqual([1, 1, 3, 3, 4, 4]);
    expect(pageAt([], 5)).toBe(1);
  });
});

describe('pagesOf', () => {
  it('names the pages that a span reaches over', () => {
    expect(pagesOf([0, 10, 10, 25], { start: 4, end: 11 })).toEqual([1, 2, 3]);
    expect(pagesOf([0, 10, 10, 25], { start: 4, end: 10 })).toEqual([1]);
    expect(pagesOf([0, 10], undefined)).toEqual([]);
  });
});

describe('pageRange', () => {
  it('parts the whole text among the pages', () => {
    const source = { text: 'x'.repeat(30), pageStarts: [0, 10, 10, 25] };
    expect([1, 2, 3, 4].map((page) => pageRange(source, page))).toEqual([
      { start: 0, end: 10 }, { start: 10, end: 10 }, { start: 10, end: 25 }, { start: 25, end: 30 },
    ]);
  });
});
