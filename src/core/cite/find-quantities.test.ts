import { describe, expect, it } from 'vitest';
import { findQuantities } from './find-quantities.ts';

const read = (text: string, language = 'en') => findQuantities(text, language).map(({ values, unit }) => [values.join('|'), unit].filter(Boolean).join(' '));

describe('findQuantities', () => {
  it.each([
    ['1,250 tonnes', ['1250 t']],
    ['1.2 million people and 3 billion', ['1200000', '3000000000']],
    ['$230 million out of $400 million.', ['230000000 $', '400000000 $']],
    ['it is −5 °C, then 5 °C', ['-5 °c', '5 °c']],
    ['won 23–16 in 1990–95', ['23', '16', '1990', '95']],
    ['twenty-four of two-thirds', ['24', '2']],
    ['a ten-minute walk, a 358-acre campus', ['10 min', '358 acre']],
    ['the 19th century, the 1920s', ['19', '1920']],
    ['12% or 12 percent', ['12 %', '12 %']],
    ['162 584 cars', ['162584']],
    ['Astra 2A and 33C', ['2a', '33c']],
    ['X.25 and version 3.10', ['25', '3.1']],
    ['at 23:00', ['23', '0']],
  ])('reads %j', (text, found) => {
    expect(read(text)).toEqual(found);
  });

  it.each([
    ['de', '50.000 Menschen, 2,5 Mio. Euro', ['50000', '2500000 €']],
    ['es', '2.000 invitados, 3,5 km', ['2000', '3.5 km']],
    ['zh', '截至2009年，有374家，共1625.84亿', ['2009', '374', '162584000000']],
    ['und', '1,250', ['1250|1.25']],
  ])('reads separators as %s writes them', (language, text, found) => {
    expect(read(text, language)).toEqual(found);
  });

  it('says which words for numbers may be no numbers', () => {
    expect(findQuantities('one of the first', 'en').map(({ isWeak }) => isWeak)).toEqual([true, true]);
    expect(findQuantities('elf and once', 'en')).toEqual([]);
  });
});
