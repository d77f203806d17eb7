import type { VectorIndex } from './vector-index.ts';

/** Row-major unit vectors in float32, as they were before an index quantised them. */
export type ExactVectors = { values: Float32Array; dims: number };

/** Cosines of every row in double precision. */
function exactScores({ values, dims }: ExactVectors, query: Float32Array): Float64Array {
  const scores = new Float64Array(values.length / dims);
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    for (let d = 0; d < dims; d++) sum += values[row * dims + d]! * query[d]!;
    scores[row] = sum;
  }
  return scores;
}

/** What may be found: `isLive` leaves out removed rows, `allow` is the bitmap of a filter. */
export type RecallScope = { isLive?: (row: number) => boolean; allow?: Uint8Array };

/**
 * Share of the exact `k` nearest rows that the index finds, over all queries. A row found instead of one with the same
 * exact cosine counts as found. Every query must have `k` rows to find or fewer, never none.
 */
export function measureRecall(index: VectorIndex, exact: ExactVectors, queries: readonly Float32Array[], k: number, scope: RecallScope = {}): number {
  const { isLive = () => true, allow } = scope;
  let found = 0;
  let wanted = 0;
  for (const query of queries) {
    const scores = exactScores(exact, query);
    const isIn = (row: number): boolean => isLive(row) && (allow === undefined || ((allow[row >> 3]! >> (row & 7)) & 1) === 1);
    const best = scores.filter((_, row) => isIn(row)).sort().subarray(-k);
    const threshold = best[0]! - 1e-9;
    wanted += best.length;
    found += index.search(query, k, allow).filter((hit) => isIn(hit.row) && scores[hit.row]! >= threshold).length;
  }
  return found / wanted;
}
