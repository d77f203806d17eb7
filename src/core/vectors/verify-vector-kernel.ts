import { quantizeQuery } from './quantize-query.ts';
import type { KernelExports, VectorKernel } from './vector-kernel.ts';

// Odd, since the kernel takes rows in pairs and the last one by itself.
const rows = 255;
// Enough calls for the engine to replace its baseline code, whose relaxed dot product one engine is known to get wrong.
const rounds = 24;
const pageBytes = 65_536;

type Layout = { high: number; scales: number; sums: number; query: number; heap: number; end: number };

function layOut(paddedDims: number): Layout {
  const high = 1024;
  const scales = high + rows * paddedDims;
  const sums = scales + 4 * rows;
  const query = sums + 4 * rows;
  const heap = query + 2 * paddedDims;
  return { high, scales, sums, query, heap, end: heap + 8 * rows };
}

/** Values in -127..127 of a fixed sequence (xorshift32), every sixteenth row all extremes. */
function createRows(paddedDims: number): Int8Array {
  let state = 0x9e3779b9;
  return Int8Array.from({ length: rows * paddedDims }, (_, i) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const isExtreme = Math.floor(i / paddedDims) % 16 === 0;
    if (isExtreme) return (state & 1) === 0 ? -127 : 127;
    return state % 128;
  });
}

function expectedScores(kernel: VectorKernel, high: Int8Array, query: Uint8Array, paddedDims: number): Float32Array {
  const isRelaxed = kernel.kind === 'relaxed';
  const values = isRelaxed ? Array.from(query, (byte) => byte - 64) : Array.from(new Int16Array(query.buffer));
  return Float32Array.from({ length: rows }, (_, row) => {
    let product = 0;
    for (let d = 0; d < paddedDims; d++) product += values[d]! * high[row * paddedDims + d]!;
    return product;
  });
}

function scanAll(exports: KernelExports, at: Layout, paddedDims: number): Float32Array {
  exports.begin(at.heap, rows);
  exports.scan(at.high, at.scales, at.sums, rows, paddedDims, 0, at.query, 0, 0);
  const scores = new Float32Array(exports.memory.buffer, at.heap, rows);
  const rowNumbers = new Uint32Array(exports.memory.buffer, at.heap + 4 * rows, rows);
  const byRow = new Float32Array(rows).fill(Number.NaN);
  for (let i = 0; i < exports.found(); i++) byRow[rowNumbers[i]!] = scores[i]!;
  return byRow;
}

function verifyDims(kernel: VectorKernel, paddedDims: number): boolean {
  const exports = kernel.instantiate();
  const at = layOut(paddedDims);
  exports.memory.grow(Math.ceil(at.end / pageBytes));
  const { buffer } = exports.memory;
  const high = createRows(paddedDims);
  const query = quantizeQuery(kernel.kind, Float32Array.from({ length: paddedDims }, (_, d) => Math.sin(d * d + 1)), paddedDims);
  new Int8Array(buffer, at.high).set(high);
  new Float32Array(buffer, at.scales, rows).fill(1);
  new Uint8Array(buffer, at.query).set(query.bytes);
  exports.sumRows(at.high, rows, paddedDims, at.sums);
  const expected = expectedScores(kernel, high, query.bytes, paddedDims);
  for (let round = 0; round < rounds; round++) {
    const actual = scanAll(exports, at, paddedDims);
    if (expected.some((score, row) => actual[row] !== score)) return false;
  }
  return true;
}

/**
 * Whether the kernel's scores equal a scalar sum to the last bit, from its first call on, for rows of one, three and 24
 * registers. It also warms the code up, so that the first question does not pay for it.
 */
export function verifyVectorKernel(kernel: VectorKernel): boolean {
  return [16, 48, 384].every((paddedDims) => verifyDims(kernel, paddedDims));
}
