import type { Profile } from '../segment/profile.ts';

/** How a profile's cosines join the keyword score; a part of its `Profile`. */
export type FusionFacts = Pick<Profile, 'keywordWeight' | 'keywordWeightElsewhere' | 'meaningScale'>;

export type PassageScores = {
  bm25: number;
  bound: number;
  /** Undefined where the passage has no vector of the profile. */
  cosine: number | undefined;
  /** Whether the profile's model knows the passage's language. */
  knowsLanguage: boolean;
};

/**
 * One rule for both retrievers and every profile: `w * bm25 / bound + (1 - w) * meaning`, where `meaning` is the cosine on
 * the profile's scale. BM25 counts for as much as it has matched of the question. Where the question has no term that
 * counts (`bound` 0) the meaning stands alone; where a passage has no vector its share of the bound stands alone, on the
 * same scale of 0 to 1.
 */
export function fuseScores({ bm25, bound, cosine, knowsLanguage }: PassageScores, facts: FusionFacts): number {
  const meaning = cosine === undefined ? undefined : scaleMeaning(cosine, facts.meaningScale);
  if (bound === 0) return meaning ?? 0;
  const share = bm25 / bound;
  const weight = knowsLanguage ? facts.keywordWeight : (facts.keywordWeightElsewhere ?? facts.keywordWeight);
  return meaning === undefined ? share : weight * share + (1 - weight) * meaning;
}

/** A cosine on a profile's scale: `zero` and below give 0, `one` and above 1. Without a scale the cosine itself. */
export function scaleMeaning(cosine: number, scale: FusionFacts['meaningScale']): number {
  return scale === undefined ? cosine : Math.min(1, Math.max(0, (cosine - scale.zero) / (scale.one - scale.zero)));
}
