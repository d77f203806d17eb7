import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates, isSameDate, spellDate } from './find-dates.ts';

const read = (text: string) => findDates(text).map(({ year, month, day }) => `${year ?? '?'}-${month}-${day ?? '?'}`);

describe('findDates', () => {
  it.each([
    ['What was it on 1 September 2025?', ['2025-9-1']],
    ['on September 1st, 2025', ['2025-9-1']],
    ['the 1st of September', ['?-9-1']],
    ['am 1. September 2025', ['2025-9-1']],
    ['le 1er septembre 2025, el 3 de mayo de 2024', ['2025-9-1', '2024-5-3']],
    ['2025-09-01,Potassium', ['2025-9-1']],
    ['01.09.2025', ['2025-9-1']],
    ['12/20/24 - 31/12/2024', ['2024-12-20', '2024-12-31']],
    ['1/9/2025', []],
    ['5/5/2025', ['2025-5-5']],
    ['in September 2025', ['2025-9-?']],
    ['May 2019', ['2019-5-?']],
    ['March 12', ['?-3-12']],
    ['You may 3 times, or in May 30% of it', []],
    ['version 1.2.2025.3, 192.168.10.20, part 2025-09-011', []],
    ['a march of 5 km, 40 May', []],
  ])('reads %j as %j', (text, dates) => {
    expect(read(text)).toEqual(dates);
  });

  it('reads each spelling of a day as that day, or not at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
        const spellings = spellDate(year, month, day);
        expect(spellings.length).toBeGreaterThan(2);
        for (const spelling of spellings) for (const date of findDates(spelling)) expect(isSameDate(date, { year, month, day })).toBe(true);
      }),
    );
  });

  it('takes dates for the same by the parts that both have', () => {
    const day = { year: 2025, month: 9, day: 1 };
    expect([{ month: 9 }, { month: 9, day: 1 }, { ...day, day: 2 }, { ...day, year: 2024 }].map((other) => isSameDate(day, other))).toEqual([true, true, false, false]);
  });
});
