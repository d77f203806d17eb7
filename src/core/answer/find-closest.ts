import type { SearchResult } from '../search/search-types.ts';
import type { Citation } from './answer-types.ts';
import { createCitations, type CitedSpan } from './create-citations.ts';
import type { RankedSentence } from './rank-sentences.ts';

const closestPassages = 3;
/** A quote of the closest passages grows by its neighbours up to this many UTF-16 units. */
const quoteLength = 320;

/** The passages that come closest to a question nothing answers: of each the best sentence with what stands around it. */
export function findClosest(result: SearchResult, ranked: readonly RankedSentence[]): Citation[] {
  const spans: CitedSpan[] = [];
  for (const [rank, passage] of result.passages.entries()) {
    if (spans.length === closestPassages) break;
    const best = ranked.find((sentence) => sentence.rank === rank);
    if (!best) continue;
    const { start, end } = grow(best, ranked);
    const isNew = spans.every((span) => span.ranked.passage.text.slice(span.start, span.end) !== passage.passage.text.slice(start, end));
    if (isNew) spans.push({ ranked: passage, start, end, block: best.block });
  }
  return createCitations(spans);
}

/** The span of a sentence with the sentences after it in its paragraph, as far as they fit. */
function grow(sentence: RankedSentence, ranked: readonly RankedSentence[]): { start: number; end: number } {
  let { end } = sentence;
  const following = ranked.filter(({ rank, block, start }) => rank === sentence.rank && block === sentence.block && start >= end).sort((a, b) => a.start - b.start);
  for (const next of following) {
    if (next.start - end > 4 || next.end - sentence.start > quoteLength) break;
    end = next.end;
  }
  return { start: sentence.start, end };
}
