import type { Citation } from '#core/answer/answer-types.ts';
import type { PassageBlock } from '#core/document/passage.ts';
import type { RankedPassage } from '#core/search/search-types.ts';
import type { TurnView } from '../../model/turn-view.ts';

/** What a citation was taken from: its passage, and the block of it that the citation begins in. */
export type CitedPassage = { ranked: RankedPassage; block?: PassageBlock };

/** Whether a citation is of code, which is set as such. */
export function isCode(turn: Pick<TurnView, 'search'>, citation: Citation | undefined): boolean {
  return citation !== undefined && citedPassage(turn, citation)?.block?.kind === 'code';
}

/** The passage that a citation of an answer begins in; undefined where the answer's search does not hold it. */
export function citedPassage({ search }: Pick<TurnView, 'search'>, { document, start }: Pick<Citation, 'document' | 'start'>): CitedPassage | undefined {
  const ranked = search?.passages.find(({ passage }) => passage.document === document && start >= passage.start && start < passage.start + passage.text.length);
  if (!ranked) return undefined;
  const block = ranked.passage.blocks.findLast(({ at }) => at <= start - ranked.passage.start);
  return { ranked, ...(block && { block }) };
}
