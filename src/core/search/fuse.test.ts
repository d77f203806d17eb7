import { expect, it } from 'vitest';
import { fuseScores } from './fuse.ts';

it('blends the share of the bound with the cosine by the weight', () => {
  expect(fuseScores({ bm25: 3, bound: 6, cosine: 0.4, keywordWeight: 0.8 })).toBeCloseTo(0.8 * 0.5 + 0.2 * 0.4);
});

it('is the cosine alone where no word of the question counts', () => {
  expect(fuseScores({ bm25: 0, bound: 0, cosine: 0.4, keywordWeight: 0.8 })).toBe(0.4);
  expect(fuseScores({ bm25: 0, bound: 0, cosine: undefined, keywordWeight: 0.8 })).toBe(0);
});

it('is the share alone where the passage has no vector yet', () => {
  expect(fuseScores({ bm25: 3, bound: 6, cosine: undefined, keywordWeight: 0.8 })).toBe(0.5);
});
