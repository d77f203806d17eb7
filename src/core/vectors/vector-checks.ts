import { AppError } from '../errors/app-error.ts';
import { paddedDimsOf } from './quantize-vectors.ts';
import type { VectorHit, VectorRows } from './vector-index.ts';

/** Errors: `vectors/invalid` when the planes do not fit, the dimension is another, or a scale is negative or not finite. */
export function assertVectorRows(rows: VectorRows, dims: number): void {
  if (rows.dims !== dims)
    throw new AppError('vectors/invalid', `rows of ${rows.dims} dimensions in an index of ${dims}`, { detail: { dims: rows.dims } });
  const values = rows.rows * paddedDimsOf(dims);
  if (rows.high.length !== values || rows.low.length !== values || rows.scales.length !== rows.rows)
    throw new AppError('vectors/invalid', 'planes and scales do not have the size their rows need');
  for (const scale of rows.scales) {
    if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY)) throw new AppError('vectors/invalid', 'a scale is not a finite number');
  }
}

/**
 * The query at length one, or `undefined` for a zero vector, which is near to nothing. Errors: `vectors/invalid` for
 * another dimension, NaN and infinity.
 */
export function normalizeQuery(query: Float32Array, dims: number): Float32Array | undefined {
  if (query.length !== dims)
    throw new AppError('vectors/invalid', `query of ${query.length} dimensions in an index of ${dims}`, { detail: { dims: query.length } });
  let squares = 0;
  for (const value of query) squares += value * value;
  if (!Number.isFinite(squares)) throw new AppError('vectors/invalid', 'the query holds NaN or an infinite value');
  if (squares === 0) return undefined;
  const norm = Math.sqrt(squares);
  return query.map((value) => value / norm);
}

/** Errors: `vectors/invalid` for a row that was never added. */
export function assertRow(row: number, size: number): void {
  if (!(Number.isInteger(row) && row >= 0 && row < size))
    throw new AppError('vectors/invalid', `no row ${row} in an index of ${size}`, { detail: { row, size } });
}

/** Falling score, ties by lower row. */
export function compareHits(a: VectorHit, b: VectorHit): number {
  return b.score - a.score || a.row - b.row;
}

/** Whether bit `row` is set; rows past the end of the bitmap are not allowed, and without one all are. */
export function isAllowed(allow: Uint8Array | undefined, row: number): boolean {
  return allow === undefined || (((allow[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** The last of the blocks, in order of their first row, that starts at or before `row`. */
export function findBlock<Block extends { firstRow: number }>(blocks: readonly Block[], row: number): Block {
  let from = 0;
  let to = blocks.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if (blocks[middle]!.firstRow <= row) from = middle;
    else to = middle - 1;
  }
  return blocks[from]!;
}
