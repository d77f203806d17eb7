import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtMarks } from './cut-at-marks.ts';
import type { SourceMark } from './source-mark.ts';

const length = 200;
const marksArbitrary = fc
  .array(fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 80 })), { maxLength: 6 })
  .map((spans) => spans.map(([start, size], index): SourceMark => ({ citation: index + 1, start, end: Math.min(length, start + size) })));
const cutsArbitrary = fc.uniqueArray(fc.integer({ min: 1, max: length - 1 }), { maxLength: 12 }).map((cuts) => [0, ...cuts.sort((a, b) => a - b), length]);

describe('cutAtMarks', () => {
  it('gives pieces that tile each range, and joined over a tiling of the text give each mark exactly', () => {
    fc.assert(
      fc.property(marksArbitrary, cutsArbitrary, (marks, cuts) => {
        const pieces = cuts.slice(0, -1).flatMap((start, index) => cutAtMarks(start, cuts[index + 1] ?? length, marks));
        let at = 0;
        for (const piece of pieces) {
          expect(piece.start).toBe(at);
          expect(piece.end).toBeGreaterThan(piece.start);
          at = piece.end;
        }
        expect(at).toBe(length);
        for (const mark of marks) {
          const own = pieces.filter((piece) => piece.marks.includes(mark));
          expect(own[0]?.start).toBe(mark.start);
          expect(own.at(-1)?.end).toBe(mark.end);
          expect(own.reduce((sum, piece) => sum + piece.end - piece.start, 0)).toBe(mark.end - mark.start);
        }
      }),
    );
  });

  it('leaves a range without marks whole and an empty range out', () => {
    expect(cutAtMarks(3, 9, [])).toEqual([{ start: 3, end: 9, marks: [] }]);
    expect(cutAtMarks(3, 3, [])).toEqual([]);
  });
});
