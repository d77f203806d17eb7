import type { Citation, Verification } from '../answer/answer-types.ts';
import { pageAt } from '../answer/page-at.ts';
import type { RankedPassage } from '../search/search-types.ts';
import type { Support } from './check-sentence.ts';

/**
 * The citations of a sentence's supports; `number` of a support is the place of its passage, from 1. A span that `known` has
 * keeps its number, new ones are numbered from `firstNumber`. `quote` is the document's text from `start` to `end` exactly.
 */
export function toCitations(supports: readonly Support[], passages: readonly RankedPassage[], known: readonly Citation[], firstNumber: number, verification: Verification): Citation[] {
  const citations: Citation[] = [];
  let number = firstNumber;
  for (const support of supports) {
    const ranked = passages[support.number - 1];
    if (ranked === undefined || support.end <= support.start) continue;
    const made = toCitation(support, ranked, number, verification);
    const same = (other: Citation) => other.corpus === made.corpus && other.document === made.document && other.start === made.start && other.end === made.end;
    if (citations.some(same)) continue;
    const earlier = known.find(same);
    citations.push(earlier ?? made);
    if (earlier === undefined) number += 1;
  }
  return citations;
}

function toCitation({ start, end }: Support, { corpus, document, passage }: RankedPassage, number: number, verification: Verification): Citation {
  const from = passage.start + start;
  const page = pageAt(document.pageStarts, from, passage.blocks.findLast(({ at }) => at <= start));
  return { number, corpus, document: document.id, title: document.title, ...(page !== undefined && { page }), start: from, end: passage.start + end, quote: passage.text.slice(start, end), verification };
}
