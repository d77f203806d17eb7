import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnWidths } from './column-widths.ts';

/** Every character is half an em wide. */
const measureEm = (text: string): number => text.length / 2;

function widths(...rows: string[][]): number[] {
  const made = new ColumnWidths(measureEm);
  for (const row of rows) row.forEach((cell, column) => made.add(column, cell));
  return made.widthsEm();
}

describe('ColumnWidths', () => {
  it('gives short cells the room of the widest one, and long cells lines to wrap to', () => {
    const [short = 0, long = 0] = widths(['Part', 'Remarks'], ['CB-1001', 'Check the tension every month; replace after four thousand hours.']);
    expect(short).toBeGreaterThanOrEqual(3.5);
    expect(short).toBeLessThan(4);
    expect(long).toBeGreaterThan(12);
    expect(long).toBeLessThan(20);
  });

  it('keeps a column wide enough for its longest word, but for words that no table could hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 8 }), { minLength: 1, maxLength: 20 }), (rows) => {
        const [width = 0] = widths(...rows.map((lengths) => [lengths.map((length) => 'x'.repeat(length)).join(' ')]));
        const longest = Math.max(0, ...rows.flatMap((lengths) => lengths.filter((_, index) => lengths.slice(0, index + 1).reduce((sum, length) => sum + length + 1, -1) <= 200)));
        expect(width).toBeGreaterThanOrEqual(Math.min(30, longest / 2));
        expect(width).toBeLessThan(31);
      }),
    );
  });

  it('squeezes text down to its longest word, but neither short cells nor below what can be read', () => {
    const made = new ColumnWidths(measureEm);
    ['CB-1001', 'Check the tensioning every month; replace after four thousand hours.', 'a b c d e f g h i j k l m n o p q r s t', 'https://example.org/a_very_long_address_without_a_place_to_break'].forEach((cell, column) => made.add(column, cell));
    const [code = 0, text = 0, letters = 0, address = 0] = made.leastEm();
    expect(code).toBe(made.widthsEm()[0]);
    expect(text).toBeGreaterThanOrEqual(5);
    expect(text).toBeLessThan(7);
    expect(letters).toBeGreaterThanOrEqual(6);
    expect(address).toBeLessThan(15);
    made.leastEm().forEach((least, column) => expect(least).toBeLessThanOrEqual(made.widthsEm()[column] ?? 0));
  });

  it('lets text without blanks, such as Chinese, wrap', () => {
    expect(widths(['漢'.repeat(100)])[0]).toBeLessThan(21);
  });

  it('gives a column without any cell a width too', () => {
    const made = new ColumnWidths(measureEm);
    made.add(2, 'x');
    expect(made.widthsEm()).toHaveLength(3);
    expect(made.widthsEm().every((width) => width > 0)).toBe(true);
  });
});
