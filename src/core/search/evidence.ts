import type { Evidence } from './search-types.ts';

/** A distinct term of the question: its idf, whether any searched passage holds it, and whether the best one does. */
export type EvidenceTerm = { idf: number; seen: boolean; covered: boolean };

const unseenWeight = 0.5;

/**
 * How much speaks for the best passage answering the question: half the idf it covers of the question's terms, half its
 * cosine. Terms in no passage count by half. Without a vector (`cosine` undefined) the covered share stands alone;
 * without a term that counts, the cosine does. What it takes to answer is for `verdictOf` to say.
 */
export function computeEvidence(terms: readonly EvidenceTerm[], cosine: number | undefined): Evidence {
  const sum = (counts: (term: EvidenceTerm) => boolean): number => terms.reduce((total, term) => total + (counts(term) ? term.idf : 0), 0);
  const covered = sum((term) => term.covered);
  const seen = sum((term) => term.seen);
  const unseen = sum((term) => !term.seen);
  const asked = seen + unseenWeight * unseen;
  const share = asked === 0 ? undefined : covered / asked;
  const value = share === undefined ? (cosine ?? 0) : cosine === undefined ? share : 0.5 * share + 0.5 * cosine;
  return { value, covered, seen, unseen, cosine: cosine ?? 0 };
}
