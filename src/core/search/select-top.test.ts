import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { selectTop } from './select-top.ts';

it('gives what sorting all rows and cutting would give', () => {
  const scores = fc.array(fc.constantFrom(0, 0.25, 0.5, 1, 2.5), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 20 }), (values, k) => {
      const falling = (a: number, b: number): number => b - a;
      const sorted = [...values.keys()].filter((row) => values[row]! > 0).sort((a, b) => values[b]! - values[a]! || falling(a, b));
      expect(selectTop(Float64Array.from(values), k, falling)).toEqual(sorted.slice(0, k));
    }),
  );
});
