import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDeleted, isDeleted, liveRows, tombstoneBytes, withDeleted, withRestored, type Tombstones } from './tombstones.ts';

const rowCount = 21;
const anyRows = fc.array(fc.integer({ min: -2, max: rowCount + 2 }), { maxLength: 6 });

describe('tombstones', () => {
  it('behave as a set of rows and never change an earlier bitmap', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ restore: fc.boolean(), rows: anyRows }), { maxLength: 12 }), (steps) => {
        let bitmap: Tombstones;
        const model = new Set<number>();
        for (const { restore, rows } of steps) {
          const before = bitmap?.slice();
          const next: Tombstones = restore ? withRestored(bitmap, rows) : withDeleted(bitmap, rowCount, rows);
          expect(bitmap).toEqual(before);
          for (const row of rows) if (restore) model.delete(row);
          else if (row >= 0 && row < rowCount) model.add(row);
          bitmap = next;
          expect(countDeleted(bitmap)).toBe(model.size);
          expect([...liveRows(bitmap, rowCount)]).toEqual(Array.from({ length: rowCount }, (_, row) => row).filter((row) => !model.has(row)));
          expect(bitmap === undefined).toBe(model.size === 0);
          expect(bitmap?.length ?? tombstoneBytes(rowCount)).toBe(3);
        }
      }),
    );
  });

  it('have the least significant bit first', () => {
    expect(withDeleted(undefined, 10, [0, 9])).toEqual(Uint8Array.of(1, 2));
    expect(isDeleted(Uint8Array.of(1, 2), 9)).toBe(true);
    expect(isDeleted(undefined, 9)).toBe(false);
  });
});
