/**
 * One rule for both retrievers: `w * bm25 / bound + (1 - w) * cosine`. BM25 counts for as much as it has matched of the
 * question. Where the question has no term that counts (`bound` 0) the cosine stands alone; where a passage has no vector
 * of the profile yet (`cosine` undefined) its share of the bound stands alone, on the same scale of 0 to 1.
 */
export function fuseScores(scores: { bm25: number; bound: number; cosine: number | undefined; keywordWeight: number }): number {
  const { bm25, bound, cosine, keywordWeight } = scores;
  if (bound === 0) return cosine ?? 0;
  const share = bm25 / bound;
  return cosine === undefined ? share : keywordWeight * share + (1 - keywordWeight) * cosine;
}
