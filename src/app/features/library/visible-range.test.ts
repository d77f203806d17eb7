import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleRange } from './visible-range.ts';

describe('the rows of a windowed list', () => {
  it('cover the viewport and never leave the list', () => {
    const view = fc.record({ top: fc.integer({ min: -2000, max: 2_000_000 }), height: fc.integer({ min: 0, max: 5000 }), rowHeight: fc.integer({ min: 1, max: 200 }), rows: fc.integer({ min: 0, max: 20_000 }) });
    fc.assert(fc.property(view, (list) => {
      const { first, end } = visibleRange(list);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(list.rows);
      expect(first).toBeLessThanOrEqual(end);
      for (const y of [list.top, list.top + list.height - 1]) {
        const row = Math.floor(y / list.rowHeight);
        if (list.height > 0 && row >= 0 && row < list.rows) {
          expect(row).toBeGreaterThanOrEqual(first);
          expect(row).toBeLessThan(end);
        }
      }
      expect(end - first).toBeLessThanOrEqual(list.height / list.rowHeight + 26);
    }));
  });
});
