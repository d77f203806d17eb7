import { describe, expect, it } from 'vitest';
import { assertSaneVectors, lowestCosine } from './check-vectors.ts';

const always = (...values: number[]) => () => Promise.resolve(Float32Array.from(values));

describe('lowest cosine', () => {
  it('is that of the worst canary', async () => {
    const canaries = [{ text: 'a', vector: [1, 0] }, { text: 'b', vector: [0.6, 0.8] }];
    expect(await lowestCosine(canaries, always(1, 0))).toBeCloseTo(0.6);
  });

  it.each([['not numbers', [Number.NaN, 0]], ['all zero', [0, 0]], ['too few', [1]]])('is -1 for vectors that are %s', async (_title, values) => {
    expect(await lowestCosine([{ text: 'a', vector: [1, 0] }], always(...values))).toBe(-1);
  });
});

describe('vectors without published ones', () => {
  const byWord = (vectors: Record<string, number[]>) => (text: string) =>
    Promise.resolve(Float32Array.from(Object.entries(vectors).find(([word]) => text.includes(word))![1]));

  it('pass where like sentences are closer than unlike ones', async () => {
    await expect(assertSaneVectors(byWord({ sofa: [1, 0], couch: [0.8, 0.6], revenue: [0, 1] }))).resolves.toBeUndefined();
  });

  it.each([
    ['all the same', { '': [1, 0] }],
    ['the wrong way round', { sofa: [1, 0], couch: [0, 1], revenue: [0.8, 0.6] }],
    ['not of unit length', { sofa: [2, 0], couch: [2, 0.1], revenue: [0, 2] }],
    ['not numbers', { '': [Number.NaN, 1] }],
  ])('are refused where they are %s', async (_title, vectors) => {
    await expect(assertSaneVectors(byWord(vectors))).rejects.toMatchObject({ code: 'model/wrong-numbers' });
  });
});
