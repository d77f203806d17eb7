/**
 * The rows of the `k` highest scores above 0, in falling score; equal scores in the order of `compareTies`, which must be
 * total. Linear in the rows for the usual case of few changes of the best `k`.
 */
export function selectTop(scores: Float64Array, k: number, compareTies: (a: number, b: number) => number): number[] {
  const best: number[] = [];
  if (k <= 0) return best;
  let threshold = 0;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    if (score === 0 || score < threshold) continue;
    const full = best.length === k;
    if (full && score === threshold && compareTies(row, best[k - 1]!) > 0) continue;
    if (full) best.pop();
    best.splice(placeOf(row, best, scores, compareTies), 0, row);
    if (best.length === k) threshold = scores[best[k - 1]!]!;
  }
  return best;
}

function placeOf(row: number, best: readonly number[], scores: Float64Array, compareTies: (a: number, b: number) => number): number {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = best[middle]!;
    const before = scores[other]! - scores[row]! || compareTies(row, other);
    if (before > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
