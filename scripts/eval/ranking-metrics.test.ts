import { describe, expect, it } from 'vitest';
import { areaUnderRoc, mean, ndcgAt, recallAt, reciprocalRankAt } from './ranking-metrics.ts';

const relevant = new Map([
  ['a', 3],
  ['b', 1],
]);

describe('ranking metrics', () => {
  it('give 1 for the best order and 0 for a ranking without a relevant document', () => {
    expect(ndcgAt(10, ['a', 'b', 'x'], relevant)).toBe(1);
    expect(recallAt(10, ['a', 'b', 'x'], relevant)).toBe(1);
    expect(reciprocalRankAt(10, ['a', 'x'], relevant)).toBe(1);
    expect([ndcgAt(10, ['x'], relevant), recallAt(10, ['x'], relevant), reciprocalRankAt(10, ['x'], relevant)]).toEqual([0, 0, 0]);
  });

  it('discount by the logarithm of the rank with linear gains', () => {
    // By hand: (1 / log2 2 + 3 / log2 4) / (3 / log2 2 + 1 / log2 3) = 2.5 / 3.63093
    expect(ndcgAt(10, ['b', 'x', 'a'], relevant)).toBeCloseTo(2.5 / 3.63093, 5);
  });

  it('look at the first k only', () => {
    expect(recallAt(1, ['x', 'a'], relevant)).toBe(0);
    expect(reciprocalRankAt(1, ['x', 'a'], relevant)).toBe(0);
    expect(reciprocalRankAt(2, ['x', 'a'], relevant)).toBe(0.5);
    expect(ndcgAt(1, ['b', 'a'], relevant)).toBeCloseTo(1 / 3, 10);
  });

  it('average, and give 0 for nothing', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBe(0);
  });

  it('find the area under the ROC curve, ties counting a half', () => {
    expect(areaUnderRoc([0.9, 0.8], [0.1, 0.2])).toBe(1);
    expect(areaUnderRoc([0.5], [0.5])).toBe(0.5);
    expect(areaUnderRoc([0.9, 0.1], [0.5, 0.5])).toBe(0.5);
  });
});
