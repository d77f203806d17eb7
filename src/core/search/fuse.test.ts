import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseScores, scaleMeaning } from './fuse.ts';

const facts = { keywordWeight: 0.8 };
const knowsLanguage = true;

describe('the fusion rule', () => {
  it('blends the share of the bound with the cosine by the weight', () => {
    expect(fuseScores({ bm25: 3, bound: 6, cosine: 0.4, knowsLanguage }, facts)).toBeCloseTo(0.8 * 0.5 + 0.2 * 0.4);
  });

  it('is the cosine alone where no word of the question counts', () => {
    expect(fuseScores({ bm25: 0, bound: 0, cosine: 0.4, knowsLanguage }, facts)).toBe(0.4);
    expect(fuseScores({ bm25: 0, bound: 0, cosine: undefined, knowsLanguage }, facts)).toBe(0);
  });

  it('is the share alone where the passage has no vector yet', () => {
    expect(fuseScores({ bm25: 3, bound: 6, cosine: undefined, knowsLanguage }, facts)).toBe(0.5);
  });

  it('takes the other weight where the model does not know the language, and the usual one where the profile names no other', () => {
    const scores = { bm25: 3, bound: 6, cosine: 0.4, knowsLanguage: false };
    expect(fuseScores(scores, { keywordWeight: 0.7, keywordWeightElsewhere: 0.9 })).toBeCloseTo(0.9 * 0.5 + 0.1 * 0.4);
    expect(fuseScores(scores, facts)).toBe(fuseScores({ ...scores, knowsLanguage: true }, facts));
  });

  it('puts cosines on the profile’s scale, in order and within 0 and 1', () => {
    const scale = { zero: 0.6, one: 0.9 };
    expect([0.5, 0.6, 0.75, 0.9, 1].map((cosine) => scaleMeaning(cosine, scale))).toEqual([0, 0, expect.closeTo(0.5), 1, 1]);
    const cosine = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(cosine, cosine, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((each) => fuseScores({ bm25: 1, bound: 2, cosine: each, knowsLanguage }, { ...facts, meaningScale: scale }));
        expect(low).toBeLessThanOrEqual(high!);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});
