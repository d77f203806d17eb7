import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { MemoryVectorIndex } from './memory-vector-index.ts';
import { quantizeVectors } from './quantize-vectors.ts';
import { randomUnitVectors } from './synthetic-vectors.ts';
import type { VectorHit, VectorIndex, VectorRows } from './vector-index.ts';

const scoreTolerance = 1e-4;

function bitmapOf(size: number, allowed: (row: number) => boolean): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(size / 8));
  for (let row = 0; row < size; row++) if (allowed(row)) bitmap[row >> 3]! |= 1 << (row & 7);
  return bitmap;
}

/**
 * What is wrong with the hits: they must have the expected scores rank by rank, and each row the score it is listed with.
 * Rows of nearly equal score may change places.
 */
function problemsOf(actual: VectorHit[], expected: VectorHit[], model: VectorIndex, query: Float32Array): string[] {
  const problems = actual.length === expected.length ? [] : [`${actual.length} hits, expected ${expected.length}`];
  if (new Set(actual.map((hit) => hit.row)).size !== actual.length) problems.push('a row is listed twice');
  const truth = model.score(query, actual.map((hit) => hit.row));
  for (const [i, { row, score }] of actual.entries()) {
    const atRank = expected[i]?.score ?? Number.NaN;
    const isRight = Math.abs(score - atRank) <= scoreTolerance && Math.abs(score - truth[i]!) <= scoreTolerance;
    if (!isRight) problems.push(`rank ${i}: row ${row} with ${score}, its score is ${truth[i]}, the rank's ${atRank}`);
  }
  return problems;
}

type Step =
  | { kind: 'add'; rows: number[] }
  | { kind: 'remove'; every: number }
  | { kind: 'clear' }
  | { kind: 'search'; query: number; k: number; filtered: boolean };

const poolSize = 60;
const addStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('add'),
  rows: fc.array(fc.nat({ max: poolSize - 1 }), { maxLength: 25 }),
});
const removeStep: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('remove'), every: fc.integer({ min: 2, max: 6 }) });
const clearStep: fc.Arbitrary<Step> = fc.constant({ kind: 'clear' });
const searchStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('search'),
  query: fc.nat({ max: poolSize - 1 }),
  k: fc.integer({ min: 1, max: 30 }),
  filtered: fc.boolean(),
});
const anyStep = fc.oneof(
  { weight: 5, arbitrary: addStep },
  { weight: 4, arbitrary: removeStep },
  { weight: 1, arbitrary: clearStep },
  { weight: 4, arbitrary: searchStep },
);
const steps = fc.array(anyStep, { maxLength: 14 });

/** Does the step to the index and to the model; returns what they disagree about. */
function applyStep(step: Step, index: VectorIndex, model: VectorIndex, pool: Float32Array): string[] {
  const { dims } = model;
  const vectorAt = (row: number): Float32Array => pool.slice(row * dims, (row + 1) * dims);
  switch (step.kind) {
    case 'add': {
      const rows = quantizeVectors(Float32Array.from(step.rows.flatMap((row) => [...vectorAt(row)])), dims);
      return index.add(rows) === model.add(rows) ? [] : ['another first row'];
    }
    case 'remove': {
      const gone = Array.from({ length: model.size }, (_, row) => row).filter((row) => row % step.every === 0);
      index.remove(gone);
      model.remove(gone);
      return [];
    }
    case 'clear':
      index.clear();
      model.clear();
      return index.size === 0 ? [] : ['not empty'];
    default: {
      const query = vectorAt(step.query);
      const allow = step.filtered ? bitmapOf(model.size, (row) => row % 3 !== 1) : undefined;
      return problemsOf(index.search(query, step.k, allow), model.search(query, step.k, allow), model, query);
    }
  }
}

function sliceRows(rows: VectorRows, from: number, to: number): VectorRows {
  const padded = rows.high.length / rows.rows;
  return {
    dims: rows.dims,
    rows: to - from,
    high: rows.high.slice(from * padded, to * padded),
    low: rows.low.slice(from * padded, to * padded),
    scales: rows.scales.slice(from, to),
  };
}

const invalid = expect.objectContaining({ code: 'vectors/invalid' }) as Error;

/** The behaviour every `VectorIndex` has, up to the dimension an implementation supports. */
export function describeVectorIndex(
  name: string,
  load: () => Promise<(dims: number) => VectorIndex>,
  { maxDims = 1024 }: { maxDims?: number } = {},
): void {
  describe(`vector index: ${name}`, () => {
    let create: (dims: number) => VectorIndex;
    beforeAll(async () => {
      create = await load();
    });

    describe.each([64, 256, 384, 768, 1024].filter((dims) => dims <= maxDims))('of %i dimensions', (dims) => {
      const count = 600;
      const vectors = randomUnitVectors(count + 10, dims, dims);
      const rows = quantizeVectors(vectors.subarray(0, count * dims), dims);
      const queries = Array.from({ length: 10 }, (_, i) => vectors.slice((count + i) * dims, (count + i + 1) * dims));

      function createBoth(): { index: VectorIndex; model: MemoryVectorIndex } {
        const index = create(dims);
        const model = new MemoryVectorIndex(dims);
        for (const [from, to] of [[0, 1], [1, 250], [250, 250], [250, 600]] as const)
          expect(index.add(sliceRows(rows, from, to))).toBe(model.add(sliceRows(rows, from, to)));
        return { index, model };
      }

      test('finds what an exhaustive search finds', () => {
        const { index, model } = createBoth();
        expect(index.size).toBe(count);
        for (const query of queries) expect(problemsOf(index.search(query, 10), model.search(query, 10), model, query)).toEqual([]);
      });

      test.each([0.5, 0.1, 0.02, 0.002])('finds only allowed rows when a share of %d is', (share) => {
        const { index, model } = createBoth();
        const every = Math.round(1 / share);
        const allow = bitmapOf(count, (row) => row % every === 0);
        for (const query of queries) {
          const hits = index.search(query, 10, allow);
          expect(hits.every((hit) => hit.row % every === 0)).toBe(true);
          expect(problemsOf(hits, model.search(query, 10, allow), model, query)).toEqual([]);
        }
      });

      test.each([10, 3])('finds no removed row when one in %i is removed', (every) => {
        const { index, model } = createBoth();
        const removed = Array.from({ length: count }, (_, row) => row).filter((row) => row % every === 0);
        index.remove(removed);
        index.remove(removed.slice(0, 5));
        model.remove(removed);
        expect(index.size).toBe(count);
        for (const query of queries) {
          const hits = index.search(query, 20);
          expect(hits.every((hit) => hit.row % every !== 0)).toBe(true);
          expect(problemsOf(hits, model.search(query, 20), model, query)).toEqual([]);
        }
        expect(index.score(queries[0]!, [0])).toEqual(new Float32Array(1));
      });
    });

    test('a vector is its own nearest with score one, whatever its length and the length of the query', () => {
      const index = create(64);
      const vectors = randomUnitVectors(50, 64, 7);
      index.add(quantizeVectors(vectors.map((value) => value * 3), 64));
      const query = vectors.slice(64 * 20, 64 * 21).map((value) => value * 0.01);
      const [best] = index.search(query, 1);
      expect(best!.row).toBe(20);
      expect(best!.score).toBeCloseTo(1, 4);
    });

    test('a hundred equal vectors are found by row, lowest first', () => {
      const index = create(64);
      const one = randomUnitVectors(1, 64, 3);
      index.add(quantizeVectors(Float32Array.from({ length: 6400 }, (_, i) => one[i % 64]!), 64));
      expect(index.search(one, 10).map((hit) => hit.row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(index.search(one, 100)).toHaveLength(100);
      index.remove([1, 2]);
      expect(index.search(one, 3).map((hit) => hit.row)).toEqual([0, 3, 4]);
    });

    test('two thousand vectors that differ in one value only are ranked right', () => {
      const index = create(64);
      const model = new MemoryVectorIndex(64);
      const one = randomUnitVectors(1, 64, 5);
      const many = Float32Array.from({ length: 2000 * 64 }, (_, i) => one[i % 64]! + (i % 64 === 9 ? Math.floor(i / 64) * 1e-6 : 0));
      index.add(quantizeVectors(many, 64));
      model.add(quantizeVectors(many, 64));
      expect(problemsOf(index.search(one, 10), model.search(one, 10), model, one)).toEqual([]);
    });

    test('vectors equal in their first half and in no other are found', () => {
      const vectors = randomUnitVectors(200, 64, 11);
      for (let row = 0; row < 200; row++) vectors.fill(0.125, row * 64, row * 64 + 32);
      const index = create(64);
      const model = new MemoryVectorIndex(64);
      index.add(quantizeVectors(vectors, 64));
      model.add(quantizeVectors(vectors, 64));
      const query = vectors.slice(0, 64);
      expect(problemsOf(index.search(query, 10), model.search(query, 10), model, query)).toEqual([]);
    });

    test('zero vectors are never found and score 0', () => {
      const index = create(64);
      const vectors = new Float32Array(64 * 40);
      vectors[64 * 30] = 1;
      index.add(quantizeVectors(vectors, 64));
      const query = new Float32Array(64).fill(1);
      expect(index.search(query, 10).map((hit) => hit.row)).toEqual([30]);
      expect(index.search(query.map((value) => -value), 10).map((hit) => hit.row)).toEqual([30]);
      const scores = index.score(query, [0, 30]);
      expect(scores[0]).toBe(0);
      expect(scores[1]).toBeCloseTo(0.125, 5);
    });

    test('a zero query finds nothing', () => {
      const index = create(64);
      index.add(quantizeVectors(randomUnitVectors(3, 64, 1), 64));
      expect(index.search(new Float32Array(64), 3)).toEqual([]);
      expect(index.score(new Float32Array(64), [0, 1])).toEqual(new Float32Array(2));
    });

    test('an empty index finds nothing and can be filled later', () => {
      const index = create(64);
      const vectors = randomUnitVectors(1, 64, 1);
      expect(index.search(vectors, 3)).toEqual([]);
      expect(index.score(vectors, [])).toHaveLength(0);
      index.add(quantizeVectors(vectors, 64));
      expect(index.search(vectors, 3).map((hit) => hit.row)).toEqual([0]);
    });

    test.each([0, -1, Number.NaN])('k = %d gives nothing', (k) => {
      const index = create(64);
      const vectors = randomUnitVectors(2, 64, 1);
      index.add(quantizeVectors(vectors, 64));
      expect(index.search(vectors.slice(0, 64), k)).toEqual([]);
    });

    test('k above the number of rows gives all of them', () => {
      const index = create(64);
      const vectors = randomUnitVectors(90, 64, 1);
      index.add(quantizeVectors(vectors, 64));
      expect(index.search(vectors.slice(0, 64), 1000)).toHaveLength(90);
    });

    test('a bitmap shorter than the index allows no row past its end, and a longer one is fine', () => {
      const index = create(64);
      const vectors = randomUnitVectors(30, 64, 1);
      index.add(quantizeVectors(vectors, 64));
      const query = vectors.slice(0, 64);
      expect(index.search(query, 30, Uint8Array.of(0b101)).map((hit) => hit.row).toSorted((a, b) => a - b)).toEqual([0, 2]);
      expect(index.search(query, 30, new Uint8Array(100).fill(255))).toHaveLength(30);
    });

    test('clearing frees the row numbers', () => {
      const index = create(64);
      const vectors = randomUnitVectors(20, 64, 1);
      index.add(quantizeVectors(vectors, 64));
      index.remove([3]);
      index.clear();
      expect(index.size).toBe(0);
      expect(index.search(vectors.slice(0, 64), 5)).toEqual([]);
      expect(index.add(quantizeVectors(vectors, 64))).toBe(0);
      expect(index.search(vectors.slice(64 * 3, 64 * 4), 1)[0]!.row).toBe(3);
    });

    test('bad numbers and other dimensions are refused by name, and the index works on', () => {
      const index = create(64);
      const vectors = randomUnitVectors(2, 64, 1);
      const rows = quantizeVectors(vectors, 64);
      index.add(rows);
      expect(() => index.add({ ...rows, scales: Float32Array.of(1, Number.NaN) })).toThrow(invalid);
      expect(() => index.add({ ...rows, scales: Float32Array.of(1, Number.POSITIVE_INFINITY) })).toThrow(invalid);
      expect(() => index.add({ ...rows, high: rows.high.subarray(1) })).toThrow(invalid);
      expect(() => index.add(quantizeVectors(vectors, 32))).toThrow(invalid);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => index.search(new Float32Array(64).fill(bad), 1)).toThrow(invalid);
      expect(() => index.search(new Float32Array(63), 1)).toThrow(invalid);
      expect(() => index.score(new Float32Array(65), [0])).toThrow(invalid);
      expect(() => index.score(vectors.slice(0, 64), [2])).toThrow(invalid);
      expect(() => index.remove([-1])).toThrow(invalid);
      expect(index.size).toBe(2);
      expect(index.search(vectors.slice(0, 64), 1)[0]!.row).toBe(0);
    });

    test.each([0, -3, 1.5, Number.NaN, 100_000])('an index of %d dimensions is refused by name', (dims) => {
      expect(() => create(dims)).toThrow(invalid);
    });

    test('memory counts the bytes of the scan and the residual plane apart', () => {
      const index = create(384);
      index.add(quantizeVectors(randomUnitVectors(100, 384, 1), 384));
      const { scanBytes, residualBytes } = index.memory();
      expect(scanBytes).toBeGreaterThanOrEqual(100 * 384);
      expect(residualBytes).toBeGreaterThanOrEqual(100 * 384);
    });

    test('adding, removing, adding again and clearing in any order gives what the model gives', () => {
      const dims = 20;
      const pool = randomUnitVectors(poolSize, dims, 23);
      pool.fill(0, 0, dims);
      fc.assert(
        fc.property(steps, (sequence) => {
          const index = create(dims);
          const model = new MemoryVectorIndex(dims);
          expect(sequence.flatMap((step) => applyStep(step, index, model, pool))).toEqual([]);
        }),
        { numRuns: 60 },
      );
    });
  });
}
