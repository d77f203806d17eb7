import { formatCell } from './format-cell.ts';
import { readXml } from './read-xml.ts';

/** What the cells of a workbook refer to. `formats[style]` is a number format code. */
export type SheetContext = { strings: readonly string[]; formats: readonly string[]; date1904: boolean; depthLimit: number };

export type SheetRow = { number: number; cells: string[] };

const mostColumns = 16_384;

/** Zero-based column of a cell reference such as `AB12`; -1 where it names none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/u.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function cellText(type: string, value: string, style: number, context: SheetContext): string {
  if (type === 's') return context.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== '' && type !== 'n') return type === 'd' ? value.replace(/T00:00:00(?:\.0+)?Z?$/u, '') : value;
  const number = Number(value);
  return value.trim() === '' || !Number.isFinite(number) ? value : formatCell(number, context.formats[style] ?? 'General', context.date1904);
}

/** Reads a worksheet row by row; a row with no text is not given. Cells stand at their columns. */
export function readSheet(xml: string, context: SheetContext, onRow: (row: SheetRow) => void): void {
  let row: SheetRow = { number: 0, cells: [] };
  let cell = { column: -1, type: '', style: 0, value: '' };
  let reading = false;
  readXml(xml, context.depthLimit, {
    open(name, attributes) {
      if (name === 'row') row = { number: Number(attributes['r'] ?? row.number + 1), cells: [] };
      else if (name === 'c') {
        const column = columnOf(attributes['r'] ?? '');
        cell = { column: column < 0 ? row.cells.length : column, type: attributes['t'] ?? '', style: Number(attributes['s'] ?? 0), value: '' };
      }
      reading = name === 'v' || name === 't';
    },
    text(text) {
      if (reading) cell.value += text;
    },
    close(name) {
      reading = false;
      if (name === 'c' && cell.value !== '' && cell.column < mostColumns) {
        while (row.cells.length < cell.column) row.cells.push('');
        row.cells[cell.column] = cellText(cell.type, cell.value, cell.style, context);
      } else if (name === 'row' && row.cells.some((text) => text.trim() !== '')) {
        onRow(row);
      }
    },
  });
}

/** The shared strings of a workbook; phonetic hints are left out. */
export function readSharedStrings(xml: string, depthLimit: number): string[] {
  const strings: string[] = [];
  let [reading, phonetic] = [false, false];
  readXml(xml, depthLimit, {
    open(name) {
      if (name === 'si') strings.push('');
      if (name === 'rPh') phonetic = true;
      reading = name === 't' && !phonetic;
    },
    text(text) {
      if (reading && strings.length > 0) strings[strings.length - 1] += text;
    },
    close(name) {
      reading = false;
      if (name === 'rPh') phonetic = false;
    },
  });
  return strings;
}
