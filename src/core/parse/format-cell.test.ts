import { describe, expect, it } from 'vitest';
import { builtInFormat, formatCell } from './format-cell.ts';

describe('formatCell', () => {
  it.each([
    [0.1 + 0.2, 'General', '0.3'], [1234567.891, '#,##0.00', '1,234,567.89'], [1234.5, '0', '1235'], [0.1234, '0.0%', '12.3%'],
    [-5, '0.00', '-5.00'], [-5, '0.00;(0.00)', '(5.00)'], [12.5, '"€" 0.00', '€ 12.50'], [12.5, '[$€-407] #,##0.00', '12.50'], [12345, '0.00E+00', '1.23E+4'],
    [45200, 'd mmmm yyyy', '1 October 2023'], [45200.75, 'yyyy-mm-dd hh:mm', '2023-10-01 18:00'], [45200.75, 'h:mm AM/PM', '6:00 PM'],
    [1.5, '[h]:mm', '36:00'], [1, 'yyyy-mm-dd', '1900-01-01'], [59, 'd/m/yyyy', '28/2/1900'], [61, 'd/m/yyyy', '1/3/1900'], [-3, 'yyyy', '-3'],
  ])('shows %d as %s: %s', (value, format, shown) => {
    expect(formatCell(value, format, false)).toBe(shown);
  });

  it('counts days from 1904 where the workbook does', () => {
    expect(formatCell(0, 'yyyy-mm-dd', true)).toBe('1904-01-01');
  });

  it('knows the formats that workbooks refer to by number', () => {
    expect(formatCell(45200, builtInFormat(14), false)).toBe('2023-10-01');
    expect(formatCell(7, builtInFormat(999), false)).toBe('7');
  });
});
