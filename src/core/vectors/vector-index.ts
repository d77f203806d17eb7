/** Rows of one `vec` part as opened from its bytes; see docs/segment-format.md. */
export type VectorRows = {
  dims: number;
  rows: number;
  /** High plane: `rows * paddedDims` int8 values, row-major, padded with zeros to a multiple of 16. */
  high: Int8Array;
  /** Residual plane of the same shape. */
  low: Int8Array;
  /** One float32 scale a row; 0 for a zero vector. */
  scales: Float32Array;
};

export type VectorHit = { row: number; score: number };

/**
 * Nearest rows by cosine. Rows are numbered globally: `add` returns the number of the block's first row, and a row keeps
 * its number until `clear`. Results are in falling score, ties by lower row; removed rows, rows outside `allow` and zero
 * vectors never appear in `search`. `score` gives exact 16-bit cosines (0 for removed and zero rows). Queries are
 * normalised; a zero query finds nothing and scores 0; a bitmap that is too short allows nothing past its end.
 * Errors: `vectors/invalid` (NaN, infinity, wrong dimension, dimension not supported, a row that was never added).
 */
export type VectorIndex = {
  readonly dims: number;
  /** Rows ever added and not cleared, removed ones included. */
  readonly size: number;
  add(rows: VectorRows): number;
  remove(rows: Iterable<number>): void;
  /** `allow`: bit r set means row r may be returned; absent means all. */
  search(query: Float32Array, k: number, allow?: Uint8Array): VectorHit[];
  score(query: Float32Array, rows: readonly number[]): Float32Array;
  clear(): void;
  /** Bytes resident for vectors: the scan's planes, and besides them the residual plane. */
  memory(): { scanBytes: number; residualBytes: number };
};
