/** Grades of the relevant documents of one question: document id to a grade above 0. */
export type Relevance = ReadonlyMap<string, number>;

/**
 * nDCG@k with linear gains, as trec_eval's `ndcg_cut` computes it (Järvelin and Kekäläinen 2002): each relevant document
 * adds grade / log2(rank + 1), divided by what the best order would give.
 */
export function ndcgAt(k: number, ranking: readonly string[], relevant: Relevance): number {
  const gain = (grades: readonly number[]) => grades.slice(0, k).reduce((sum, grade, i) => sum + grade / Math.log2(i + 2), 0);
  const ideal = gain([...relevant.values()].sort((a, b) => b - a));
  return ideal === 0 ? 0 : gain(ranking.map((id) => relevant.get(id) ?? 0)) / ideal;
}

/** Share of the relevant documents among the first k. */
export function recallAt(k: number, ranking: readonly string[], relevant: Relevance): number {
  if (relevant.size === 0) return 0;
  return ranking.slice(0, k).filter((id) => relevant.has(id)).length / relevant.size;
}

/** 1 / rank of the first relevant document among the first k, else 0. */
export function reciprocalRankAt(k: number, ranking: readonly string[], relevant: Relevance): number {
  const place = ranking.slice(0, k).findIndex((id) => relevant.has(id));
  return place < 0 ? 0 : 1 / (place + 1);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Area under the ROC curve of scores that should be high for positives: the chance that a random positive is above a
 * random negative, ties counting a half.
 */
export function areaUnderRoc(positives: readonly number[], negatives: readonly number[]): number {
  const all = [...positives.map((score) => ({ score, positive: true })), ...negatives.map((score) => ({ score, positive: false }))];
  all.sort((a, b) => a.score - b.score);
  let wins = 0;
  let below = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]?.score === all[i]?.score) j += 1;
    const tied = all.slice(i, j);
    const tiedNegatives = tied.filter(({ positive }) => !positive).length;
    wins += (tied.length - tiedNegatives) * (below + tiedNegatives / 2);
    below += tiedNegatives;
    i = j;
  }
  return wins / (positives.length * negatives.length);
}
