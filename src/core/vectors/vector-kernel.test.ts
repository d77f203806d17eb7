import { setFlagsFromString } from 'node:v8';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadVectorKernel, type KernelExports, type VectorKernel } from './vector-kernel.ts';
import { verifyVectorKernel } from './verify-vector-kernel.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');
const kernels = [await loadVectorKernel('portable'), await loadVectorKernel('relaxed')].filter((kernel) => kernel !== undefined);

const int8 = fc.oneof(fc.constantFrom(-127, 127, 0), fc.integer({ min: -127, max: 127 }));
const block = fc.integer({ min: 1, max: 12 }).chain((registers) =>
  fc.record({
    bytes: fc.constant(registers * 16),
    query: fc.array(fc.integer({ min: -63, max: 63 }), { minLength: registers * 16, maxLength: registers * 16 }),
    rows: fc.array(fc.array(int8, { minLength: registers * 16, maxLength: registers * 16 }), { minLength: 1, maxLength: 12 }),
    keep: fc.integer({ min: 1, max: 14 }),
  }),
);

const at = { high: 1024, low: 8192, scales: 16_384, sums: 20_480, query: 24_576, exactQuery: 32_768, heap: 40_960 };

function place(exports: KernelExports, kind: VectorKernel['kind'], rows: number[][], query: number[]): void {
  const { buffer } = exports.memory;
  new Int8Array(buffer, at.high).set(rows.flat());
  new Int8Array(buffer, at.low).set(rows.flat().toReversed());
  new Float32Array(buffer, at.scales, rows.length).fill(1);
  if (kind === 'relaxed') new Uint8Array(buffer, at.query).set(query.map((value) => value + 64));
  else new Int16Array(buffer, at.query).set(query);
  new Float32Array(buffer, at.exactQuery).set(query);
  exports.sumRows(at.high, rows.length, rows[0]!.length, at.sums);
}

const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe.each(kernels)('$kind kernel', (kernel) => {
  const exports = kernel.instantiate();

  test('keeps the best rows by the exact whole-number product, lower row first among equals', () => {
    fc.assert(
      fc.property(block, ({ bytes, query, rows, keep }) => {
        place(exports, kernel.kind, rows, query);
        exports.begin(at.heap, keep);
        exports.scan(at.high, at.scales, at.sums, rows.length, bytes, 100, at.query, 0, 0);
        const found = exports.found();
        const scores = new Float32Array(exports.memory.buffer, at.heap, found);
        const numbers = new Uint32Array(exports.memory.buffer, at.heap + 4 * keep, found);
        const actual = Array.from(scores, (score, i) => ({ score, row: numbers[i]! - 100 }));
        const expected = rows.map((row, i) => ({ score: dot(row, query), row: i })).sort((a, b) => b.score - a.score || a.row - b.row);
        expect(actual.sort((a, b) => b.score - a.score || a.row - b.row)).toEqual(expected.slice(0, keep));
      }),
      { numRuns: 300 },
    );
  });

  test('rescoring adds the residual plane', () => {
    fc.assert(
      fc.property(block, ({ bytes, query, rows }) => {
        place(exports, kernel.kind, rows, query);
        const expected = dot(rows[0]!, query) + dot(rows.flat().toReversed().slice(0, bytes), query) / 254;
        expect(exports.rescore(at.high, at.low, bytes, at.exactQuery)).toBeCloseTo(expected, 0);
      }),
    );
  });

  test('the float32 scan gives the product of the values', () => {
    fc.assert(
      fc.property(block, ({ bytes, query, rows }) => {
        place(exports, kernel.kind, rows, query);
        new Float32Array(exports.memory.buffer, 49_152).set(rows[0]!);
        exports.begin(at.heap, 1);
        exports.scanFloat32(49_152, 1, bytes, 7, at.exactQuery);
        expect(new Float32Array(exports.memory.buffer, at.heap, 1)[0]).toBeCloseTo(dot(rows[0]!, query), 0);
      }),
    );
  });

  test('a kernel that gives a wrong number is found out', () => {
    expect(verifyVectorKernel(kernel)).toBe(true);
    const wrong: VectorKernel = {
      kind: kernel.kind,
      instantiate: () => {
        const right = kernel.instantiate();
        return { ...right, scan: (high, scales, ...rest) => right.scan(high + 1, scales, ...rest) };
      },
    };
    expect(verifyVectorKernel(wrong)).toBe(false);
  });
});

test('there is a portable kernel on every engine the tests run on', () => {
  expect(kernels.map((kernel) => kernel.kind)).toContain('portable');
});
