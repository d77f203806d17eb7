import type { Citation } from '#core/answer/answer-types.ts';
import { findCandidates, type SentenceCandidate } from '#core/answer/sentence-candidates.ts';
import { collapse, showQuote } from '#core/answer/show-quote.ts';
import type { RankedPassage } from '#core/search/search-types.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { shownQuote } from './shown-quote.ts';

type Told = Pick<TurnView, 'question' | 'rewritten' | 'search' | 'sentences' | 'citations' | 'closest'>;

/** What of a passage speaks for it, as a person reads it: the sentence cited from it, else the one closest to the question. */
export function keySentence(turn: Told, ranked: RankedPassage): string {
  const citation = citedIn(turn, ranked)[0] ?? turn.closest.find((near) => overlaps(near, ranked));
  if (citation) return collapse(shownQuote(turn, citation));
  const { passage, document } = ranked;
  const best = bestCandidate(findCandidates(passage), passage.text, turn.rewritten ?? turn.question);
  const { start, end, block } = best ?? { start: 0, end: passage.text.length, block: passage.blocks[0] };
  return collapse(showQuote(passage.text.slice(start, end), document.type, block));
}

/** The citations of an answer that were taken from a passage. */
export function citedIn(turn: Pick<TurnView, 'citations'>, ranked: RankedPassage): Citation[] {
  return turn.citations.filter((citation) => overlaps(citation, ranked));
}

function overlaps({ document, start, end }: Citation, { passage }: RankedPassage): boolean {
  return document === passage.document && start < passage.start + passage.text.length && end > passage.start;
}

/** The candidate that has most of the question's words, the first of several. */
function bestCandidate(candidates: readonly SentenceCandidate[], text: string, question: string): SentenceCandidate | undefined {
  const asked = stems(question);
  const shared = (candidate: SentenceCandidate) => [...stems(text.slice(candidate.start, candidate.end))].filter((stem) => asked.has(stem)).length;
  return candidates.map((candidate) => ({ candidate, score: shared(candidate) })).sort((a, b) => b.score - a.score)[0]?.candidate;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
/** Letters in which forms of one word mostly agree; shorter Latin words are mostly such as `the`. */
const stemLength = 5;

function stems(text: string): Set<string> {
  return new Set([...segmenter.segment(text.toLowerCase())].flatMap(({ segment, isWordLike }) => (isWordLike && !/^[a-z]{1,3}$/u.test(segment) ? [segment.slice(0, stemLength)] : [])));
}
