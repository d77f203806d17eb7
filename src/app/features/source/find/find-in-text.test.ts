import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInText, findPattern, matchLimit, type TextMatch } from './find-in-text.ts';
import { foundWithin, matchAfterSteps } from './found-range.ts';

async function find(text: string, query: string): Promise<TextMatch[]> {
  let matches: TextMatch[] = [];
  for await (const sofar of findInText(text, query, async () => undefined)) matches = sofar;
  return matches;
}

describe('findInText', () => {
  it('ignores case, takes any white space for white space, and no character for a command', async () => {
    expect(await find('The Fixed\n  Plant (a.b)', 'fixed plant')).toEqual([{ start: 4, end: 17 }]);
    expect(await find('axb a.b (A.B)', 'a.b')).toEqual([{ start: 4, end: 7 }, { start: 9, end: 12 }]);
    expect(await find('ÜBER Straße', 'über')).toEqual([{ start: 0, end: 4 }]);
    expect(await find('anything', '  ')).toEqual([]);
  });

  it('finds each match once, also over the borders of its slices', async () => {
    const text = `${'x'.repeat(199_998)}needle${'x'.repeat(199_994)}needle`;
    expect(await find(text, 'needle')).toEqual([{ start: 199_998, end: 200_004 }, { start: 399_998, end: 400_004 }]);
  });

  it('stops counting at its limit', async () => {
    expect(await find('ab '.repeat(matchLimit + 5), 'ab')).toHaveLength(matchLimit);
  });

  it('makes a pattern that matches its own query, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), (query) => {
        const normal = query.normalize('NFC').trim();
        expect(findPattern(query)?.exec(normal)?.[0] ?? '').toBe(normal);
      }),
    );
  });
});

describe('matchAfterSteps', () => {
  const matches = [{ start: 0, end: 4 }, { start: 6, end: 12 }, { start: 20, end: 22 }];

  it('counts from the first match after a place, around both ends', () => {
    expect([0, 1, 2, 3, -1, -4].map((steps) => matchAfterSteps(matches, 5, steps, false))).toEqual([1, 2, 0, 1, 0, 0]);
    expect(matchAfterSteps(matches, 30, 0, false)).toBe(0);
  });

  it('waits while the first match after the place may still come', () => {
    expect(matchAfterSteps(matches, 30, 2, true)).toBe(-1);
    expect(matchAfterSteps([], 0, 2, false)).toBe(-1);
  });
});

describe('foundWithin', () => {
  it('clips matches to a range and knows the current one', () => {
    const found = { matches: [{ start: 0, end: 4 }, { start: 6, end: 12 }, { start: 20, end: 22 }], current: 1 };
    expect(foundWithin(found, 3, 10)).toEqual([{ start: 3, end: 4, current: false }, { start: 6, end: 10, current: true }]);
    expect(foundWithin(found, 12, 20)).toEqual([]);
  });
});
