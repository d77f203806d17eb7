import type { SourceType } from '#core/document/parsed-document.ts';
import { ColumnWidths, type MeasureEm } from './column-widths.ts';
import type { DisplayBlock } from './display-block.ts';
import { headerNames, isRuleRow, tableCells } from './table-cells.ts';

/** Columns of a table that may be set in several sections, the same in each. Widths are in em of the table's text. */
export type TableLayout = { names: string[]; widthsEm: number[]; numeric: boolean[] };

const mostSampled = 200;
const betweenColumnsEm = 1;
/** Names of columns are set bolder, so wider, than they are measured. */
const boldness = 1.1;

/** The width of a whole table in em, the space after each column included. */
export function tableWidthEm({ widthsEm }: TableLayout): number {
  return widthsEm.reduce((sum, width) => sum + width + betweenColumnsEm, 0);
}

/** The share, from 0 to 1, of each column of a table's width. */
export function columnShares(layout: TableLayout): number[] {
  const total = tableWidthEm(layout);
  return layout.widthsEm.map((width) => (width + betweenColumnsEm) / total);
}

/**
 * Measures the tables of a document by rows from all over them. The result has an entry for each `table-row` block; rows
 * of one table share it.
 */
export function layoutTables(text: string, blocks: readonly DisplayBlock[], type: SourceType, measureEm: MeasureEm): Map<DisplayBlock, TableLayout> {
  const layouts = new Map<DisplayBlock, TableLayout>();
  for (let index = 0; index < blocks.length; ) {
    const rows = tableFrom(blocks, index);
    index += Math.max(1, rows.length);
    if (rows.length === 0) continue;
    const every = Math.ceil(rows.length / mostSampled);
    const layout = measureTable(text, rows.filter((_, row) => row % every === 0), type, measureEm);
    for (const row of rows) layouts.set(row, layout);
  }
  return layouts;
}

/** Rows that follow each other under one header; the header row itself, which names none, is the first of them. */
function tableFrom(blocks: readonly DisplayBlock[], index: number): DisplayBlock[] {
  const rows: DisplayBlock[] = [];
  let header: string | undefined;
  for (let at = index; at < blocks.length; at += 1) {
    const block = blocks[at];
    if (block?.kind !== 'table-row') break;
    if (rows.length > 1 && block.header !== header) break;
    header = block.header;
    rows.push(block);
  }
  return rows;
}

function measureTable(text: string, rows: readonly DisplayBlock[], type: SourceType, measureEm: MeasureEm): TableLayout {
  const header = rows.find((row) => row.header !== undefined)?.header;
  const names = header === undefined ? [] : headerNames(header);
  const widths = new ColumnWidths(measureEm);
  const boldWidths = new ColumnWidths((name) => measureEm(name) * boldness);
  names.forEach((name, column) => boldWidths.add(column, name));
  const figures: number[] = [];
  for (const row of rows) {
    if (isRuleRow(text, row)) continue;
    tableCells(text, row, type).forEach((cell, column) => {
      const seen = cell.runs.filter((run) => !run.style.syntax).map((run) => text.slice(run.start, run.end)).join('').trim();
      widths.add(column, seen);
      if (row.header !== undefined && seen !== '') figures[column] = (figures[column] ?? 0) + (isFigure(seen) ? 1 : -1);
    });
  }
  const [cellsEm, namesEm] = [widths.widthsEm(), boldWidths.widthsEm()];
  const widthsEm = Array.from({ length: Math.max(cellsEm.length, namesEm.length) }, (_, column) => Math.max(cellsEm[column] ?? 0, namesEm[column] ?? 0));
  return { names, widthsEm, numeric: widthsEm.map((_, column) => (figures[column] ?? 0) > 0) };
}

function isFigure(cell: string): boolean {
  return /^[-+(]?[\p{Sc}]?\s?\d[\d\s.,'’%:/-]*\p{Sc}?\)?$/u.test(cell);
}
