import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DuplicateFilter } from './near-duplicates.ts';

const clause = 'The tenant shall pay the rent on the first day of each month by transfer to the account named in annex B, without deduction.';

it('leaves out a passage that differs in case, spacing or a word of many', () => {
  const filter = new DuplicateFilter();
  const long = Array.from({ length: 12 }, (_, part) => `${part}. ${clause}`).join(' ');
  expect(filter.takes(long)).toBe(true);
  expect(filter.takes(long.toUpperCase().replaceAll(' ', '\n '))).toBe(false);
  expect(filter.takes(long.replace('11. The tenant', '11. Each tenant'))).toBe(false);
});

it('keeps passages that share less than nine tenths', () => {
  const filter = new DuplicateFilter();
  expect(filter.takes(clause)).toBe(true);
  expect(filter.takes(clause.replace('first day of each month', 'last day of the quarter'))).toBe(true);
  expect(filter.takes('short')).toBe(true);
  expect(filter.takes('other')).toBe(true);
});

it('takes every text once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const filter = new DuplicateFilter();
      expect([filter.takes(text), filter.takes(text)]).toEqual([true, false]);
    }),
  );
});
