import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageAt } from './page-at.ts';
import { showQuote } from './show-quote.ts';
import { verifySentence } from './verify-sentence.ts';

describe('verifySentence', () => {
  it.each([
    ['The rent is 3,850 a month.', 'The rent is 3,850\n a **month**.', 'verified'],
    ['The rent is due.', 'Then: the rent is due.', 'unsupported'],
    ['The rent is 850.', 'The rent is 3,850.', 'unsupported'],
    ['The rent is not due.', 'The rent is due.', 'unsupported'],
    ['850 a month', 'The rent is 3,850 a month.', 'unsupported'],
    ['It is 5 °C.', 'It is -5 °C.', 'unsupported'],
    ['It is −5 °C', 'It is −5 °C outside.', 'verified'],
    ['rent is due', 'The rent is due today.', 'verified'],
    ['ent is du', 'The rent is due today.', 'unsupported'],
    ['', 'The rent is due.', 'unsupported'],
    ['...', 'The rent is due.', 'unsupported'],
  ])('finds %j in %j: %s', (sentence, quote, verification) => {
    expect(verifySentence(sentence, { quote })).toBe(verification);
  });

  it('verifies a row by its header and nothing else', () => {
    const source = { quote: 'E04\tDry running', header: 'Code\tMeaning' };
    expect(verifySentence('Code: E04; Meaning: Dry running', source)).toBe('verified');
    expect(verifySentence('Code: E07; Meaning: Dry running', source)).toBe('unsupported');
    expect(verifySentence('Meaning: E04; Code: Dry running', source)).toBe('unsupported');
  });

  it.each([
    ['Hours: Parts; Rate: 2,100', 'Parts\t2,100', 'Hours\tRate\tCost', 'Parts · 2,100'],
    ['Name:: Contact Email:; Universal Studios: bookings@b.example', 'Contact Email:\tbookings@b.example', 'Name:\tUniversal Studios', 'Contact Email: bookings@b.example'],
    ['2024: 12; 2025: 15', '12\t15', '2024\t2025', '12 · 15'],
  ])('does not verify names of columns that were not certain: %j', (invented, quote, header, shown) => {
    expect(verifySentence(invented, { quote, header })).toBe('unsupported');
    expect(showQuote(quote, 'pdf', { at: 0, kind: 'table-row', header })).toBe(shown);
    expect(verifySentence(shown, { quote, header })).toBe('verified');
  });

  it('names the columns of a row with empty cells by the row, not by the quote without its ends', () => {
    const [quote, row, header] = ['2\t\t300', '\t2\t\t300', '\tHours\tRate\tCost'];
    const shown = showQuote(quote, 'pdf', { at: 0, kind: 'table-row', header }, row);
    expect(shown).toBe('Hours: 2; Cost: 300');
    expect(verifySentence(shown, { quote, row, header })).toBe('verified');
    expect(verifySentence('Hours: 2; Rate: 300', { quote, row, header })).toBe('unsupported');
  });

  it('verifies whatever is shown of a quote', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('a', '**', '[x](y)', '`', '|', '\t', '\n', '_', ' b: c', '\n- ', '\n> ', '<b>', '.[12]', '[c][d]', '\n```'), { maxLength: 20 }).map((parts) => parts.join('')));
    fc.assert(
      fc.property(anyText, anyText, fc.boolean(), (quote, header, isRow) => {
        fc.pre(/[\p{L}\p{N}]/u.test(quote));
        const shown = showQuote(quote, 'markdown', isRow ? { at: 0, kind: 'table-row', header } : { at: 0, kind: 'paragraph' });
        fc.pre(/[\p{L}\p{N}]/u.test(shown));
        expect(verifySentence(shown, { quote, ...(isRow && { header }) })).toBe('verified');
      }),
      { numRuns: 300 },
    );
  });
});

describe('showQuote', () => {
  it.each([
    ['wraps\n   lines', 'text', 'wraps lines'],
    ['The **rent** is `due` on [the third](https://a.example/x "t").', 'markdown', 'The rent is due on the third.'],
    ['2 * 3 * 4 and a_b_c', 'markdown', '2 * 3 * 4 and a_b_c'],
    ['Two **stars** in text', 'text', 'Two **stars** in text'],
    ['There is no sign\nof rising damp.', 'text', 'There is no sign of rising damp.'],
    ['> The **Customer** may show\n> drawings.', 'markdown', 'The Customer may show drawings.'],
    ['<Listing number="4-1" caption="A string">Run `Vec<u8>` and Vec<u8>.</Listing>', 'markdown', 'Run Vec<u8> and Vec<u8>.'],
    ['Call _hello_cargo_ as in [Chapter 9][ch9]<!-- ignore -->.', 'markdown', 'Call hello_cargo as in Chapter 9.'],
    ['Bring:\n- boots\n- a map', 'text', 'Bring: boots; a map'],
    ['It gives 10 each year.[129]', 'html', 'It gives 10 each year.'],
    ['name: pump\nroom: 7', 'json', 'name: pump; room: 7'],
  ] as const)('shows %j of %s as %j', (quote, type, shown) => {
    expect(showQuote(quote, type)).toBe(shown);
  });

  it('keeps the lines of code, and their indent to each other', () => {
    const code = { at: 0, kind: 'code' as const };
    expect(showQuote('```py\ndef f():\n    return 1\n```', 'markdown', code)).toBe('def f():\n    return 1');
    expect(showQuote('if a:\n        b()', 'code', code, '    if a:\n        b()')).toBe('if a:\n    b()');
    expect(verifySentence('if a:\n    b()', { quote: 'if a:\n        b()' })).toBe('verified');
  });

  it('leaves out names of columns that say nothing', () => {
    const row = { at: 0, kind: 'table-row' as const, header: 'Property\tValue' };
    expect(showQuote('Belt speed\t1.9 m/s', 'html', row)).toBe('Belt speed: 1.9 m/s');
    expect(verifySentence('Belt speed: 1.9 m/s', { quote: 'Belt speed\t1.9 m/s', header: row.header })).toBe('verified');
  });

  it('gives a row as it is where the header does not fit', () => {
    expect(showQuote('a\tb\tc', 'html', { at: 0, kind: 'table-row', header: 'x\ty' })).toBe('a · b · c');
    expect(showQuote('| a | b |', 'markdown', { at: 0, kind: 'table-row', header: '| x | y |' })).toBe('x: a; y: b');
  });
});

describe('pageAt', () => {
  it('finds the page that holds an offset', () => {
    const starts = [0, 100, 100, 250];
    expect([0, 99, 100, 249, 250, 9999].map((offset) => pageAt(starts, offset))).toEqual([1, 1, 3, 3, 4, 4]);
  });

  it('falls back to the anchor of the block', () => {
    expect(pageAt(undefined, 5, { at: 0, kind: 'slide', anchor: { page: 7 } })).toBe(7);
    expect(pageAt(undefined, 5)).toBeUndefined();
  });
});
