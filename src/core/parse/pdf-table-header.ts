import type { PdfLine } from './pdf-lines.ts';
import { runExtent, splitPdfLine } from './pdf-lines.ts';
import { cellGapEms } from './pdf-paragraphs.ts';
import type { PdfParagraph } from './pdf-paragraphs.ts';
import { isValue } from './table-row-text.ts';

type Cell = { x0: number; x1: number; text: string };

/** A cell under no name belongs to the nearest one when that is nearer than this share of the way to the next nearest. */
const nearShare = 0.5;

const hasDigit = (line: PdfLine): boolean => line.runs.some((run) => /\d/u.test(run.text));

/**
 * Names the header row of each table, where its first row is one: it has no figures, and rows below it have some; its
 * cells are no values; and every cell of every row stands under one name, alone. A column of labels before the first
 * name needs none. Sets `rowHeader` and `columns`.
 */
export function namePdfHeaders(paragraphs: readonly PdfParagraph[]): void {
  let table: PdfParagraph[] = [];
  for (const paragraph of [...paragraphs, undefined]) {
    if (paragraph?.kind === 'table-row') table.push(paragraph);
    else {
      nameHeader(table);
      table = [];
    }
  }
}

function nameHeader([first, ...rows]: readonly PdfParagraph[]): void {
  const line = first?.lines[0];
  if (first === undefined || line === undefined || hasDigit(line) || !rows.some((row) => row.lines.some(hasDigit))) return;
  const names = cellsOf(line);
  if (names.some(({ text }) => isValue(text))) return;
  const placed = rows.map((row) => placeCells(row.lines[0], names));
  if (placed.includes(undefined)) return;
  // Places are counted from the first name, so that labels before it stand at -1.
  const shift = placed.some((columns) => columns?.[0] === -1) ? 1 : 0;
  first.columns = names.map((_, column) => column + shift);
  for (const [index, row] of rows.entries()) {
    row.rowHeader = first;
    row.columns = (placed[index] ?? []).map((column) => column + shift);
  }
}

function cellsOf(line: PdfLine): Cell[] {
  return splitPdfLine(line, cellGapEms).map((runs) => ({ ...runExtent(runs), text: runs.map(({ text }) => text).join('') }));
}

/** The column of each cell of a row; undefined where two share one, or one is under no name for certain. */
function placeCells(line: PdfLine | undefined, names: readonly Cell[]): number[] | undefined {
  if (line === undefined) return undefined;
  const columns: number[] = [];
  for (const cell of cellsOf(line)) {
    const column = columnOf(cell, names, line.rtl);
    if (column === undefined || column <= (columns.at(-1) ?? -2)) return undefined;
    columns.push(column);
  }
  return columns;
}

function columnOf(cell: Cell, names: readonly Cell[], rtl: boolean): number | undefined {
  const over = names.map((name) => Math.min(name.x1, cell.x1) - Math.max(name.x0, cell.x0));
  const under = over.flatMap((width, column) => (width > 0 ? [column] : []));
  if (under.length > 0) return under.length === 1 ? under[0] : undefined;
  const [first] = names;
  if (first !== undefined && (rtl ? cell.x0 > first.x1 : cell.x1 < first.x0)) return -1;
  const [nearest, next] = over.map((width, column) => ({ gap: -width, column })).sort((a, b) => a.gap - b.gap);
  return nearest !== undefined && nearest.gap < (next?.gap ?? Infinity) * nearShare ? nearest.column : undefined;
}
