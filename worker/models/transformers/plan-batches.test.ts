import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches, textsPerRun, usableBuckets } from './plan-batches.ts';

const maxTokens = 64;
const lengths = fc.array(fc.integer({ min: 1, max: maxTokens }), { maxLength: 60 });
const batch = fc.integer({ min: 1, max: 9 });
const buckets = fc.constantFrom([], [16, 32], [32, 64, 128], [512]);

describe('batches', () => {
  it('hold every text once, none longer than its run and no more than a run takes', () => {
    fc.assert(
      fc.property(lengths, batch, buckets, (all, size, limits) => {
        const batches = planBatches(all, { batch: size, buckets: limits, maxTokens });
        expect(batches.flatMap(({ texts }) => texts).toSorted((a, b) => a - b)).toEqual(all.map((_, text) => text));
        for (const { texts, rows, tokens } of batches) {
          expect(texts.length).toBeLessThanOrEqual(rows);
          expect(rows).toBeLessThanOrEqual(size);
          for (const text of texts) expect(all[text]).toBeLessThanOrEqual(tokens);
        }
      }),
    );
  });

  it('without buckets pad nothing', () => {
    fc.assert(
      fc.property(lengths, batch, (all, size) => {
        for (const { texts, rows, tokens } of planBatches(all, { batch: size, buckets: [], maxTokens })) {
          expect(rows).toBe(texts.length);
          expect(texts.every((text) => all[text] === tokens)).toBe(true);
        }
      }),
    );
  });

  it('with buckets have no shape but those that are warmed up', () => {
    fc.assert(
      fc.property(lengths, batch, (all, size) => {
        for (const { rows, tokens } of planBatches(all, { batch: size, buckets: [16, 32], maxTokens })) {
          expect([1, size]).toContain(rows);
          expect([16, 32, maxTokens]).toContain(tokens);
        }
      }),
    );
  });

  it('buckets end at what the model takes', () => {
    expect(usableBuckets([512, 32, 256, 64], 256)).toEqual([32, 64, 256]);
    expect(usableBuckets([512], 128)).toEqual([128]);
    expect(usableBuckets([], 128)).toEqual([]);
  });

  it('of quantised models hold one text', () => {
    expect(textsPerRun({ dtype: 'q8', batch: 16 })).toBe(1);
    expect(textsPerRun({ dtype: 'fp16', batch: 16 })).toBe(16);
    expect(textsPerRun({ dtype: 'fp32', batch: 0 })).toBe(1);
  });
});
