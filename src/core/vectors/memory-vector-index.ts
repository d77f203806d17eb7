import { assertDims, paddedDimsOf } from './quantize-vectors.ts';
import { assertRow, assertVectorRows, compareHits, findBlock, isAllowed, normalizeQuery } from './vector-checks.ts';
import type { VectorHit, VectorIndex, VectorRows } from './vector-index.ts';

type Block = VectorRows & { firstRow: number };

/**
 * The plain model of `VectorIndex`: every row is compared at 16 bits in JavaScript. It keeps the given planes without
 * copying them, and serves where WebAssembly has no SIMD. About twenty times slower than the kernel.
 */
export class MemoryVectorIndex implements VectorIndex {
  readonly dims: number;
  #blocks: Block[] = [];
  #removed = new Set<number>();
  #size = 0;

  /** Errors: `vectors/invalid` for a dimension that is not supported. */
  constructor(dims: number) {
    assertDims(dims);
    this.dims = dims;
  }

  get size(): number {
    return this.#size;
  }

  add(rows: VectorRows): number {
    assertVectorRows(rows, this.dims);
    const firstRow = this.#size;
    if (rows.rows > 0) this.#blocks.push({ ...rows, firstRow });
    this.#size += rows.rows;
    return firstRow;
  }

  remove(rows: Iterable<number>): void {
    for (const row of rows) {
      assertRow(row, this.#size);
      this.#removed.add(row);
    }
  }

  search(query: Float32Array, k: number, allow?: Uint8Array): VectorHit[] {
    const unit = normalizeQuery(query, this.dims);
    if (unit === undefined || !(k >= 1)) return [];
    const hits: VectorHit[] = [];
    for (const block of this.#blocks) {
      for (let i = 0; i < block.rows; i++) {
        const row = block.firstRow + i;
        if (block.scales[i] === 0 || this.#removed.has(row) || !isAllowed(allow, row)) continue;
        hits.push({ row, score: this.#cosine(unit, block, i) });
      }
    }
    return hits.sort(compareHits).slice(0, Math.floor(k));
  }

  score(query: Float32Array, rows: readonly number[]): Float32Array {
    const unit = normalizeQuery(query, this.dims);
    return Float32Array.from(rows, (row) => {
      assertRow(row, this.#size);
      if (unit === undefined || this.#removed.has(row)) return 0;
      const block = findBlock(this.#blocks, row);
      return this.#cosine(unit, block, row - block.firstRow);
    });
  }

  clear(): void {
    this.#blocks = [];
    this.#removed.clear();
    this.#size = 0;
  }

  memory(): { scanBytes: number; residualBytes: number } {
    const planeBytes = this.#size * paddedDimsOf(this.dims);
    return { scanBytes: planeBytes + 4 * this.#size, residualBytes: planeBytes };
  }

  #cosine(unit: Float32Array, block: Block, row: number): number {
    const start = row * paddedDimsOf(this.dims);
    let high = 0;
    let low = 0;
    for (let d = 0; d < this.dims; d++) {
      high += unit[d]! * block.high[start + d]!;
      low += unit[d]! * block.low[start + d]!;
    }
    return Math.fround(block.scales[row]! * (high + low / 254));
  }
}
