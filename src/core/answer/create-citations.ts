import type { PassageBlock } from '../document/passage.ts';
import type { RankedPassage } from '../search/search-types.ts';
import type { Citation } from './answer-types.ts';
import { pageAt } from './page-at.ts';

/** A span of a found passage; offsets are into the passage's text. */
export type CitedSpan = { ranked: RankedPassage; start: number; end: number; block?: PassageBlock };

/** One citation a span, in order, numbered from 1; equal spans share one object. All are `verified`: they quote the text. */
export function createCitations(spans: readonly CitedSpan[]): Citation[] {
  const bySpan = new Map<string, Citation>();
  return spans.map((span) => {
    const citation = toCitation(span, bySpan.size + 1);
    const key = `${citation.corpus} ${citation.document} ${citation.start} ${citation.end}`;
    const known = bySpan.get(key) ?? citation;
    bySpan.set(key, known);
    return known;
  });
}

function toCitation({ ranked, start, end, block }: CitedSpan, number: number): Citation {
  const { corpus, document, passage } = ranked;
  const from = passage.start + start;
  const page = pageAt(document.pageStarts, from, block);
  return {
    number,
    corpus,
    document: document.id,
    title: document.title,
    ...(page !== undefined && { page }),
    start: from,
    end: passage.start + end,
    quote: passage.text.slice(start, end),
    verification: 'verified',
  };
}
