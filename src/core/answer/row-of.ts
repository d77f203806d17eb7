import type { RankedSentence } from './rank-sentences.ts';

/** The whole row that a sentence is, with the tabs of the empty cells at its ends. */
export function rowOf({ ranked: { passage }, block }: Pick<RankedSentence, 'ranked' | 'block'>): string {
  const next = passage.blocks.find(({ at }) => at > block.at)?.at ?? passage.text.length;
  return passage.text.slice(block.at, next).replace(/^[^\S\t]+|[^\S\t]+$/gu, '');
}
