import type { Span } from '../marks/source-mark.ts';

/** The page, from 1, that holds the character at `offset`; `pageStarts` rises. An empty page gives way to the next. */
export function pageAt(pageStarts: readonly number[], offset: number): number {
  let [low, high] = [0, pageStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pageStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(1, low + 1);
}

const mostPages = 12;

/** The pages, from 1, that a span reaches over; the first ones where it is very long. */
export function pagesOf(pageStarts: readonly number[], span: Span | undefined): number[] {
  if (!span) return [];
  const first = pageAt(pageStarts, span.start);
  const count = pageAt(pageStarts, span.end - 1) - first + 1;
  return Array.from({ length: Math.min(mostPages, count) }, (_, index) => first + index);
}
