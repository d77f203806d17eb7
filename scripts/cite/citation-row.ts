import type { Verification } from '../../src/core/answer/answer-types.ts';

/** A passage of the labelled set. Passages of one article or document are in one split, in all languages. */
export type CitationPassage = { id: string; article: string; lang: string; text: string };

export type Split = 'tuning' | 'reporting';

/** How a sentence was made; what is behind `hand-written` was written by people for this set, the rest made by rule. */
export type CitationKind =
  | 'quote' | 'part-of-quote' | 'rule-paraphrase' | 'paraphrase' | 'wrong-citation'
  | 'number' | 'swapped-number' | 'name' | 'date' | 'negation' | 'antonym' | 'swapped-roles' | 'swapped-passage' | 'invented'
  | 'half-true' | 'joined';

/**
 * One sentence to be checked against `passages` (ids, cited by their place from 1). `cited`: the mark it came with, if any.
 * `gold`: the place of the passage that it was made from. `label`: what a person would say of it.
 */
export type CitationRow = {
  id: string;
  split: Split;
  kind: CitationKind;
  lang: string;
  passages: string[];
  sentence: string;
  cited?: number;
  gold?: number;
  label: Verification;
};
