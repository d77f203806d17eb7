import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import type { ProfileId } from '../ids.ts';
import { dequantizeRow } from '../vectors/quantize-vectors.ts';
import { encodeVecPart, mergeVecParts, openVecPart } from './vec-part.ts';

const profile = '0f'.repeat(32) as ProfileId;
const otherProfile = 'a1'.repeat(32) as ProfileId;

const block = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 9 }))
  .chain(([dims, rows]) =>
    fc.record({
      dims: fc.constant(dims),
      vectors: fc.float32Array({ minLength: dims * rows, maxLength: dims * rows, noNaN: true, min: -1e6, max: 1e6 }),
    }),
  );

function normalise(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => value / norm) : vector;
}

function outcomeOf(bytes: Uint8Array): string {
  try {
    const { rows, dims, low } = openVecPart(bytes);
    return low.length === rows * Math.ceil(dims / 16) * 16 ? `${rows} rows of ${dims}` : 'planes do not fit';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

describe('vec part', () => {
  test('gives back unit vectors to 16 bits', () => {
    fc.assert(
      fc.property(block, ({ dims, vectors }) => {
        const part = openVecPart(encodeVecPart(vectors, dims, profile), { profile, rows: vectors.length / dims });
        for (let row = 0; row < part.rows; row++) {
          const expected = normalise(vectors.slice(row * dims, (row + 1) * dims));
          const actual = dequantizeRow(part, row);
          const largest = Math.max(...expected.map(Math.abs));
          for (let d = 0; d < dims; d++) expect(Math.abs(actual[d]! - expected[d]!)).toBeLessThanOrEqual(largest / 127 / 500 + 1e-7);
        }
      }),
    );
  });

  test('its planes are views of the bytes, also at an odd offset', () => {
    const bytes = encodeVecPart(new Float32Array([1, 2, 3, 4]), 2, profile);
    expect(openVecPart(bytes).high.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const part = openVecPart(shifted);
    expect(part.low.buffer).toBe(shifted.buffer);
    expect(part.scales).toEqual(openVecPart(bytes).scales);
    expect(part.profile).toBe(profile);
  });

  test('a zero vector has scale 0 and an empty part has no rows', () => {
    expect(openVecPart(encodeVecPart(new Float32Array(6), 3, profile)).scales).toEqual(new Float32Array(2));
    expect(openVecPart(encodeVecPart(new Float32Array(0), 3, profile)).rows).toBe(0);
  });

  test('merging copies the kept rows unchanged', () => {
    const picks = fc.array(fc.nat({ max: 1000 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(block, picks), { minLength: 1, maxLength: 4 }), (inputs) => {
        const dims = inputs[0]![0].dims;
        const parts = inputs.map(([{ vectors }]) => openVecPart(encodeVecPart(vectors.slice(0, vectors.length - (vectors.length % dims)), dims, profile)));
        const keep = inputs.map(([, rows], i) => (parts[i]!.rows === 0 ? [] : rows.map((row) => row % parts[i]!.rows)));
        const merged = openVecPart(mergeVecParts(parts, keep));
        const expected = parts.flatMap((part, i) => keep[i]!.map((row) => [...dequantizeRow(part, row)]));
        expect(Array.from({ length: merged.rows }, (_, row) => [...dequantizeRow(merged, row)])).toEqual(expected);
      }),
    );
  });

  test('parts of different profiles are not merged', () => {
    const one = openVecPart(encodeVecPart(new Float32Array(4), 2, profile));
    const two = openVecPart(encodeVecPart(new Float32Array(4), 2, otherProfile));
    expect(() => mergeVecParts([one, two], [[0], [0]])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => mergeVecParts([one], [[2]])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => mergeVecParts([], [])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  test.each([
    ['NaN', [1, Number.NaN], 2],
    ['an infinite value', [1, Number.NEGATIVE_INFINITY], 2],
    ['half a row', [1, 2, 3], 2],
    ['no dimension', [], 0],
    ['too many dimensions', [], 5000],
  ])('%s is refused', (_title, values, dims) => {
    expect(() => encodeVecPart(new Float32Array(values), dims, profile)).toThrow(expect.objectContaining({ code: 'vectors/invalid' }));
  });

  test('damaged bytes are corrupt or open as rows within their bytes, never another failure', () => {
    const good = encodeVecPart(Float32Array.from({ length: 60 }, (_, i) => Math.sin(i)), 20, profile);
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), fc.nat({ max: good.length }), (at, value, length) => {
        const damaged = good.slice(0, length);
        if (at < length) damaged[at] = value;
        expect(outcomeOf(damaged)).toMatch(/^(segment\/corrupt|version-not-supported|3 rows of \d+)$/);
      }),
      { numRuns: 400 },
    );
  });

  test('a part of another profile or row count than expected is corrupt', () => {
    const bytes = encodeVecPart(new Float32Array(4), 2, profile);
    expect(() => openVecPart(bytes, { profile: otherProfile })).toThrow(expect.objectContaining({ code: 'segment/corrupt' }));
    expect(() => openVecPart(bytes, { rows: 3 })).toThrow(expect.objectContaining({ code: 'segment/corrupt' }));
  });
});
