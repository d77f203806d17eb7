import { KernelMemory, type Scratch } from './kernel-memory.ts';
import { assertDims, paddedDimsOf } from './quantize-vectors.ts';
import { quantizeQuery } from './quantize-query.ts';
import { assertRow, assertVectorRows, compareHits, findBlock, normalizeQuery } from './vector-checks.ts';
import type { VectorHit, VectorIndex, VectorRows } from './vector-index.ts';
import type { KernelExports, VectorKernel } from './vector-kernel.ts';

/** Where the rows of one `add` lie in the kernel's memory. A row that is deleted or zero has the scale NaN. */
type Block = { firstRow: number; rows: number; high: number; low: number; scales: number; sums: number };

/** One search: the best `keep` rows by the int8 scan go on to the 16-bit comparison. */
type Scan = { keep: number; step: number; allow: number; skip: boolean };

const minKept = 40;
// Past so many near duplicates of one passage it does not matter which of them are shown.
const maxKept = 4096;
// Below this share of allowed rows it is faster to test the bitmap before the dot product than after it.
const skipBelowShare = 0.3;
// Standard deviation of rounding to whole steps is 0.29 of a step; five of them leave one miss in millions.
const roundingMargin = 5 * 0.29;

function countBits(bitmap: Uint8Array): number {
  let bits = 0;
  for (let byte of bitmap) {
    for (; byte !== 0; byte &= byte - 1) bits++;
  }
  return bits;
}

/**
 * Exhaustive search in WebAssembly: an int8 scan of every row keeps the best 40 (more for a larger k), which are compared
 * at 16 bits. When the last row kept is too close to the last result for the scan's rounding to be trusted, the scan is
 * repeated keeping more, so that results equal those of an exhaustive 16-bit search.
 */
export class WasmVectorIndex implements VectorIndex {
  readonly dims: number;
  readonly #paddedDims: number;
  readonly #kernel: VectorKernel;
  readonly #exports: KernelExports;
  readonly #memory: KernelMemory;
  #blocks: Block[] = [];
  #size = 0;
  #sumOfSquaredScales = 0;
  #scanQuery = 0;
  #exactQuery = 0;
  #heap: Scratch = { address: 0, bytes: 0 };
  #bitmap: Scratch = { address: 0, bytes: 0 };

  /** Errors: `vectors/invalid` for a dimension that is not supported. */
  constructor(kernel: VectorKernel, dims: number) {
    assertDims(dims);
    this.dims = dims;
    this.#paddedDims = paddedDimsOf(dims);
    this.#kernel = kernel;
    this.#exports = kernel.instantiate();
    this.#memory = new KernelMemory(this.#exports.memory);
    this.clear();
  }

  get size(): number {
    return this.#size;
  }

  add(rows: VectorRows): number {
    assertVectorRows(rows, this.dims);
    const firstRow = this.#size;
    if (rows.rows === 0) return firstRow;
    const block = this.#allocateBlock(firstRow, rows.rows);
    const { buffer } = this.#memory;
    new Int8Array(buffer, block.high).set(rows.high);
    new Int8Array(buffer, block.low).set(rows.low);
    const scales = new Float32Array(buffer, block.scales, rows.rows);
    for (const [i, scale] of rows.scales.entries()) {
      scales[i] = scale === 0 ? Number.NaN : scale;
      this.#sumOfSquaredScales += scale * scale;
    }
    if (block.sums !== 0) this.#exports.sumRows(block.high, rows.rows, this.#paddedDims, block.sums);
    this.#blocks.push(block);
    this.#size += rows.rows;
    return firstRow;
  }

  remove(rows: Iterable<number>): void {
    const scales = new Float32Array(this.#memory.buffer);
    for (const row of rows) {
      assertRow(row, this.#size);
      const block = findBlock(this.#blocks, row);
      scales[block.scales / 4 + row - block.firstRow] = Number.NaN;
    }
  }

  search(query: Float32Array, k: number, allow?: Uint8Array): VectorHit[] {
    const unit = normalizeQuery(query, this.dims);
    const wanted = Math.min(Math.floor(k), this.#size);
    if (unit === undefined || !(wanted >= 1)) return [];
    const step = this.#placeQuery(unit);
    const keep = Math.max(minKept, 2 * wanted);
    const limit = Math.max(maxKept, keep);
    const scan = { step, keep, ...this.#placeBitmap(allow) };
    for (; ; scan.keep = Math.min(8 * scan.keep, limit)) {
      const { hits, isComplete } = this.#scanAndRescore(scan, wanted);
      if (isComplete || scan.keep === limit) return hits.slice(0, wanted);
    }
  }

  score(query: Float32Array, rows: readonly number[]): Float32Array {
    const unit = normalizeQuery(query, this.dims);
    if (unit !== undefined) this.#placeQuery(unit);
    const floats = new Float32Array(this.#memory.buffer);
    return Float32Array.from(rows, (row) => {
      assertRow(row, this.#size);
      return unit === undefined ? 0 : this.#rescore(row, floats);
    });
  }

  clear(): void {
    this.#memory.reset();
    this.#scanQuery = this.#memory.allocate(2 * this.#paddedDims);
    this.#exactQuery = this.#memory.allocate(4 * this.#paddedDims);
    this.#heap = { address: 0, bytes: 0 };
    this.#bitmap = { address: 0, bytes: 0 };
    this.#blocks = [];
    this.#size = 0;
    this.#sumOfSquaredScales = 0;
  }

  memory(): { scanBytes: number; residualBytes: number } {
    const planeBytes = this.#size * this.#paddedDims;
    const besides = this.#kernel.kind === 'relaxed' ? 8 : 4;
    return { scanBytes: planeBytes + besides * this.#size, residualBytes: planeBytes };
  }

  #allocateBlock(firstRow: number, rows: number): Block {
    const planeBytes = rows * this.#paddedDims;
    const high = this.#memory.allocate(planeBytes);
    const low = this.#memory.allocate(planeBytes);
    const scales = this.#memory.allocate(4 * rows);
    const sums = this.#kernel.kind === 'relaxed' ? this.#memory.allocate(4 * rows) : 0;
    return { firstRow, rows, high, low, scales, sums };
  }

  /** Writes the query in both forms; returns the step of the quantised one. */
  #placeQuery(unit: Float32Array): number {
    const { bytes, step } = quantizeQuery(this.#kernel.kind, unit, this.#paddedDims);
    new Uint8Array(this.#memory.buffer).set(bytes, this.#scanQuery);
    const exact = new Float32Array(this.#memory.buffer, this.#exactQuery, this.#paddedDims);
    exact.fill(0);
    exact.set(unit);
    return step;
  }

  #placeBitmap(allow: Uint8Array | undefined): { allow: number; skip: boolean } {
    if (allow === undefined) return { allow: 0, skip: false };
    const bytes = Math.ceil(this.#size / 8);
    this.#memory.ensure(this.#bitmap, bytes);
    const bitmap = new Uint8Array(this.#memory.buffer, this.#bitmap.address, bytes);
    const given = allow.subarray(0, bytes);
    bitmap.set(given);
    bitmap.fill(0, given.length);
    return { allow: this.#bitmap.address, skip: countBits(bitmap) < skipBelowShare * this.#size };
  }

  #scanAndRescore(scan: Scan, wanted: number): { hits: VectorHit[]; isComplete: boolean } {
    this.#memory.ensure(this.#heap, 8 * scan.keep);
    this.#exports.begin(this.#heap.address, scan.keep);
    for (const block of this.#blocks)
      this.#exports.scan(
        block.high, block.scales, block.sums, block.rows, this.#paddedDims, block.firstRow, this.#scanQuery, scan.allow, scan.skip ? 1 : 0,
      );
    const found = this.#exports.found();
    const rows = new Uint32Array(this.#memory.buffer, this.#heap.address + 4 * scan.keep, found);
    const floats = new Float32Array(this.#memory.buffer);
    const hits = Array.from(rows, (row) => ({ row, score: this.#rescore(row, floats) })).sort(compareHits);
    if (found < scan.keep) return { hits, isComplete: true };
    const worstKept = floats[this.#heap.address / 4]! * scan.step;
    return { hits, isComplete: hits[wanted - 1]!.score > worstKept + this.#errorOfScan(scan.step) };
  }

  /** How far the scan's score of a row may lie from its score at 16 bits: rounding of the row and of the query. */
  #errorOfScan(step: number): number {
    return roundingMargin * Math.sqrt(this.#sumOfSquaredScales / this.#size + step * step);
  }

  /** The 16-bit cosine of a row with the query placed last, 0 for a removed or zero row; `floats` views all memory. */
  #rescore(row: number, floats: Float32Array): number {
    const block = findBlock(this.#blocks, row);
    const i = row - block.firstRow;
    const scale = floats[block.scales / 4 + i]!;
    if (Number.isNaN(scale)) return 0;
    const start = i * this.#paddedDims;
    return Math.fround(scale * this.#exports.rescore(block.high + start, block.low + start, this.#paddedDims, this.#exactQuery));
  }
}
