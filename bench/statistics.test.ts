import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/vectors/seeded-random.ts';
import { bootstrapInterval, median, quantile } from './statistics.ts';

const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 50 });

describe('quantile', () => {
  it('interpolates between neighbours', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.9)).toBeCloseTo(46);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('is the least at 0, the greatest at 1, and never falls in between', () => {
    fc.assert(
      fc.property(values, fc.double({ noNaN: true, min: 0, max: 1 }), (sample, p) => {
        expect(quantile(sample, 0)).toBe(Math.min(...sample));
        expect(quantile(sample, 1)).toBe(Math.max(...sample));
        expect(quantile(sample, p)).toBeLessThanOrEqual(quantile(sample, (1 + p) / 2) + 1e-6);
      }),
    );
  });

  it('leaves its input as it was', () => {
    const sample = [3, 1, 2];
    median(sample);
    expect(sample).toEqual([3, 1, 2]);
  });
});

describe('bootstrapInterval', () => {
  it('holds the statistic of its sample, and is the same for the same seed', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const [low, high] = bootstrapInterval(sample, median, { resamples: 200 });
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...sample));
        expect(high).toBeLessThanOrEqual(Math.max(...sample));
        expect(bootstrapInterval(sample, median, { resamples: 200 })).toEqual([low, high]);
      }),
      { numRuns: 30 },
    );
  });

  it('holds the true median about as often as it says', () => {
    const random = createRandom(7);
    const held = Array.from({ length: 200 }, (_, seed) => {
      const sample = Array.from({ length: 40 }, () => random());
      const [low, high] = bootstrapInterval(sample, median, { resamples: 300, seed });
      return low <= 0.5 && 0.5 <= high;
    });
    const share = held.filter(Boolean).length / held.length;
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThan(0.995);
  });
});
