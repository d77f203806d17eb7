import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPage, fitScale, neededWidth } from './fit-page.ts';
import { inkColumns } from './ink-extent.ts';

const letter = { width: 816, height: 1056 };

describe('neededWidth', () => {
  it('leaves wide margins out, keeps narrow ones, and takes a nearly empty page for a usual one', () => {
    expect(neededWidth(letter, { left: 144, right: 672 })).toBe(556);
    expect(neededWidth(letter, { left: 20, right: 800 })).toBe(816);
    expect(neededWidth(letter, { left: 400, right: 420 })).toBeGreaterThan(400);
    expect(neededWidth(letter, undefined)).toBe(816);
  });
});

describe('fitPage', () => {
  const size = fc.record({ width: fc.integer({ min: 50, max: 3_000 }), height: fc.integer({ min: 50, max: 3_000 }) });
  const ink = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

  it('never cuts what is on a page, never overflows the room, and never sets a page larger than the others', () => {
    fc.assert(
      fc.property(size, ink, fc.integer({ min: 100, max: 2_000 }), fc.double({ min: 0.55, max: 1, noNaN: true }), fc.integer({ min: 50, max: 3_000 }), (page, [one, other], roomPx, share, usual) => {
        const extent = { left: Math.min(one, other) * page.width, right: Math.max(one, other) * page.width };
        const fit = { width: usual * share, of: usual };
        const { scale, widthPx, cutPx } = fitPage(page, extent, roomPx, fit);
        expect(widthPx).toBeLessThanOrEqual(roomPx);
        expect(scale).toBeLessThanOrEqual(fitScale(roomPx, fit.width));
        expect(cutPx).toBeLessThanOrEqual(extent.left * scale + 0.01);
        expect(cutPx + widthPx).toBeGreaterThanOrEqual(extent.right * scale - 0.01);
        expect(cutPx).toBeGreaterThanOrEqual(0);
        expect(cutPx + widthPx).toBeLessThanOrEqual(page.width * scale + 0.01);
      }),
    );
  });

  it('sets the text of a page with wide margins larger than the whole page would be', () => {
    const extent = { left: 144, right: 672 };
    const { scale } = fitPage(letter, extent, 440, { width: neededWidth(letter, extent), of: letter.width });
    expect(scale).toBeGreaterThan((440 / letter.width) * 1.4);
  });
});

describe('inkColumns', () => {
  it('finds the first and the last column with ink, of any colour', () => {
    const picture = { width: 6, data: new Uint8ClampedArray(6 * 3 * 4).fill(255) };
    expect(inkColumns(picture)).toBeUndefined();
    picture.data[(6 + 2) * 4] = 0;
    picture.data[(12 + 4) * 4 + 2] = 90;
    expect(inkColumns(picture)).toEqual({ first: 2, last: 4 });
  });
});
