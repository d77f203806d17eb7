// The package declares no types for this file of its.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./voy-search-bg.d.ts" />
import type { EmbeddedResource, Voy } from 'voy-search/voy_search_bg.js';
import { AppError } from '../errors/app-error.ts';
import { MemoryVectorIndex } from './memory-vector-index.ts';
import { assertDims, dequantizeRow, paddedDimsOf } from './quantize-vectors.ts';
import { createRandom } from './seeded-random.ts';
import { assertVectorRows, compareHits, isAllowed, normalizeQuery } from './vector-checks.ts';
import type { VectorHit, VectorIndex, VectorRows } from './vector-index.ts';

/** voy-search with its module instantiated: what the index needs of it. */
type VoyModule = { createTree(points: EmbeddedResource[]): Voy; memoryBytes(): number };

/** Rows of equal vectors share a point: voy's tree panics when 33 points have one position. */
type Point = { id: number; vector: Float32Array; rows: number[] };

/** Dimension of every point in voy's tree; shorter vectors are padded. */
export const voyMaxDims = 768;
/** Voy takes about 10 KB a vector and linear time, so it is kept small. */
export const voyMaxRows = 10_000;

// Different points may still agree in the one component a split looks at, so every component is moved a little.
const jitter = 1e-4;
// The jitter may exchange near neighbours; so many more than asked for are fetched and compared exactly.
const spareHits = 16;

/** The point as voy has it, the same each time: removing needs the very numbers that were added. */
function toResource(point: Point): EmbeddedResource {
  const random = createRandom(point.id);
  const embeddings = Array.from({ length: voyMaxDims }, (_, d) => Math.fround((point.vector[d] ?? 0) + jitter * (random() - 0.5)));
  return { id: String(point.id), title: '', url: '', embeddings };
}

function keyOf(rows: VectorRows, row: number): string {
  const padded = paddedDimsOf(rows.dims);
  const values = [rows.high, rows.low].map((plane) => plane.subarray(row * padded, (row + 1) * padded).join());
  return `${values.join()},${rows.scales[row]}`;
}

/**
 * `VectorIndex` over voy-search 0.6.3, for comparison. Voy has no scores, filters or safe removal, so vectors are kept
 * beside its tree: hits are scored and filtered here. Above 768 dimensions and 10,000 rows it refuses with
 * `vectors/invalid`. Its tree is never serialised.
 */
class VoyVectorIndex implements VectorIndex {
  readonly dims: number;
  readonly #voy: VoyModule;
  readonly #vectors: MemoryVectorIndex;
  readonly #points = new Map<number, Point>();
  readonly #pointOfKey = new Map<string, Point>();
  #pointOfRow: (Point | undefined)[] = [];
  #nextId = 0;
  #tree: Voy | undefined;

  constructor(voy: VoyModule, dims: number) {
    assertDims(dims);
    if (dims > voyMaxDims) throw new AppError('vectors/invalid', `voy holds at most ${voyMaxDims} dimensions`, { detail: { dims } });
    this.dims = dims;
    this.#voy = voy;
    this.#vectors = new MemoryVectorIndex(dims);
  }

  get size(): number {
    return this.#vectors.size;
  }

  add(rows: VectorRows): number {
    assertVectorRows(rows, this.dims);
    if (this.size + rows.rows > voyMaxRows) throw new AppError('vectors/invalid', `voy holds at most ${voyMaxRows} rows`);
    const firstRow = this.#vectors.add(rows);
    const added: Point[] = [];
    for (let i = 0; i < rows.rows; i++) {
      const point = this.#pointFor(rows, i, added);
      point?.rows.push(firstRow + i);
      this.#pointOfRow.push(point);
    }
    if (this.#tree !== undefined && added.length > 0) this.#guard((tree) => tree.add({ embeddings: added.map(toResource) }));
    return firstRow;
  }

  remove(rows: Iterable<number>): void {
    const gone: Point[] = [];
    for (const row of rows) {
      this.#vectors.remove([row]);
      const point = this.#pointOfRow[row];
      this.#pointOfRow[row] = undefined;
      if (point === undefined) continue;
      point.rows = point.rows.filter((other) => other !== row);
      if (point.rows.length === 0) gone.push(point);
    }
    if (gone.length === 0) return;
    for (const { id } of gone) this.#points.delete(id);
    for (const [key, point] of this.#pointOfKey) if (point.rows.length === 0) this.#pointOfKey.delete(key);
    if (this.#tree !== undefined) this.#guard((tree) => tree.remove({ embeddings: gone.map(toResource) }));
  }

  search(query: Float32Array, k: number, allow?: Uint8Array): VectorHit[] {
    const unit = normalizeQuery(query, this.dims);
    if (unit === undefined || !(k >= 1) || this.#points.size === 0) return [];
    const wanted = Math.floor(k);
    const padded = new Float32Array(voyMaxDims);
    padded.set(unit);
    for (let fetched = wanted + spareHits; ; fetched *= 4) {
      const points = this.#guard((tree) => tree.search(padded, Math.min(fetched, this.#points.size)).neighbors);
      const rows = points.flatMap(({ id }) => this.#points.get(Number(id))?.rows ?? []).filter((row) => isAllowed(allow, row));
      if (rows.length < wanted && fetched < this.#points.size) continue;
      const scores = this.#vectors.score(unit, rows);
      return rows.map((row, i) => ({ row, score: scores[i]! })).sort(compareHits).slice(0, wanted);
    }
  }

  score(query: Float32Array, rows: readonly number[]): Float32Array {
    return this.#vectors.score(query, rows);
  }

  clear(): void {
    this.#tree?.free();
    this.#tree = undefined;
    this.#points.clear();
    this.#pointOfKey.clear();
    this.#pointOfRow = [];
    this.#vectors.clear();
  }

  /** `scanBytes` is the memory of voy's whole module, which all its indexes share. */
  memory(): { scanBytes: number; residualBytes: number } {
    const { scanBytes, residualBytes } = this.#vectors.memory();
    return { scanBytes: this.#voy.memoryBytes(), residualBytes: scanBytes + residualBytes };
  }

  #pointFor(rows: VectorRows, row: number, added: Point[]): Point | undefined {
    if (rows.scales[row] === 0) return undefined;
    const key = keyOf(rows, row);
    const known = this.#pointOfKey.get(key);
    if (known !== undefined) return known;
    const point: Point = { id: this.#nextId++, vector: dequantizeRow(rows, row), rows: [] };
    this.#pointOfKey.set(key, point);
    this.#points.set(point.id, point);
    added.push(point);
    return point;
  }

  /** Runs one call of voy. After a panic its tree cannot be used, so it is dropped and built anew by the next call. */
  #guard<Result>(call: (tree: Voy) => Result): Result {
    this.#tree ??= this.#voy.createTree(Array.from(this.#points.values(), toResource));
    try {
      return call(this.#tree);
    } catch (cause) {
      this.#tree = undefined;
      throw new AppError('internal', 'voy-search failed', { cause });
    }
  }
}

/**
 * Instantiates voy-search by hand, since its package suits bundlers only. `wasm`: the bytes of `voy_search_bg.wasm`.
 * Returns what creates indexes over it.
 */
export async function loadVoyVectorIndex(wasm: Uint8Array<ArrayBuffer>): Promise<(dims: number) => VectorIndex> {
  const glue = await import('voy-search/voy_search_bg.js');
  const module = await WebAssembly.compile(wasm);
  const imports = { './voy_search_bg.js': { ...glue } as unknown as Record<string, never> };
  const exports = (await WebAssembly.instantiate(module, imports)).exports as { memory: WebAssembly.Memory };
  glue.__wbg_set_wasm(exports);
  const voy: VoyModule = {
    createTree: (points) => new glue.Voy({ embeddings: points }),
    memoryBytes: () => exports.memory.buffer.byteLength,
  };
  return (dims) => new VoyVectorIndex(voy, dims);
}
