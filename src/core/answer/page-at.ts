import type { PassageBlock } from '../document/passage.ts';

/** The 1-based page that holds the character at `offset` of a document's text; undefined where it has no pages. */
export function pageAt(pageStarts: readonly number[] | undefined, offset: number, block?: PassageBlock): number | undefined {
  if (pageStarts === undefined || pageStarts.length === 0) return block?.anchor?.page;
  let low = 0;
  let high = pageStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pageStarts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}
