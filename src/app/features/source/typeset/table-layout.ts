import type { SourceType } from '#core/document/parsed-document.ts';
import { ColumnWidths, type MeasureEm } from './column-widths.ts';
import type { DisplayBlock } from './display-block.ts';
import { headerNames, isRuleRow, tableCells } from './table-cells.ts';

/**
 * Columns of a table that may be set in several sections, the same in each. Widths are in em of the table's text:
 * `widthsEm` where there is room, `leastEm` where its text has to wrap to fit; figures never wrap.
 */
export type TableLayout = { names: string[]; widthsEm: number[]; leastEm: number[]; numeric: boolean[] };

const mostSampled = 200;
const betweenColumnsEm = 1;
/** Names of columns are set bolder, so wider, than they are measured. */
const boldness = 1.1;

/** The width of a whole table in em, the space between columns included: what it is best set in, and what it needs. */
export function tableWidthEm({ widthsEm, leastEm }: Pick<TableLayout, 'widthsEm' | 'leastEm'>): { bestEm: number; leastEm: number } {
  const sum = (widths: readonly number[]): number => widths.reduce((total, width, column) => total + width + gapEm(widths, column), 0);
  return { bestEm: sum(widthsEm), leastEm: sum(leastEm) };
}

/** The space after a column; the last one has none. */
function gapEm(widths: readonly number[], column: number): number {
  return column === widths.length - 1 ? 0 : betweenColumnsEm;
}

/**
 * CSS widths for the columns of a table in a query container, `100cqi` wide: they share its room between the least and the
 * best width. A table that needs more than there is has its best widths, for it scrolls in any case.
 */
export function columnWidths(layout: TableLayout): string[] {
  const { bestEm, leastEm } = tableWidthEm(layout);
  const spareEm = Math.max(0.1, bestEm - leastEm);
  return layout.widthsEm.map((best, column) => {
    const least = layout.leastEm[column] ?? best;
    const gap = gapEm(layout.widthsEm, column);
    const share = ((best - least) / spareEm).toFixed(4);
    const shared = `clamp(${css(least + gap)}, ${css(least + gap)} + (100cqi - ${css(leastEm)}) * ${share}, ${css(best + gap)})`;
    return `calc(${shared} + ${ifTooWide(leastEm, css(best - least))})`;
  });
}

/** CSS width of a whole table: the container's, or the best one where not even the least has room. */
export function tableWidth(layout: TableLayout): string {
  const { bestEm, leastEm } = tableWidthEm(layout);
  return `max(100cqi, ${css(leastEm)} + ${ifTooWide(leastEm, css(bestEm - leastEm))})`;
}

/** CSS height of the scroll bar of a table: none where the table fits. */
export function scrollBarHeight(layout: TableLayout): string {
  return ifTooWide(tableWidthEm(layout).leastEm, '0.875rem');
}

/** `length` where the container is narrower than `leastEm`, else nothing: a steep slope stands for the step CSS lacks. */
function ifTooWide(leastEm: number, length: string): string {
  return `clamp(0em, (${css(leastEm)} - 100cqi) * 9999, ${length})`;
}

function css(em: number): string {
  return `${Math.max(0, em).toFixed(3)}em`;
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
      const runs = cell.runs.filter((run) => !run.style.syntax);
      const seen = runs.map((run) => text.slice(run.start, run.end)).join('').trim();
      widths.add(column, seen, runs.some((run) => run.style.code));
      if (row.header !== undefined && seen !== '') figures[column] = (figures[column] ?? 0) + (isFigure(seen) ? 1 : -1);
    });
  }
  const count = Math.max(widths.widthsEm().length, names.length);
  const numeric = Array.from({ length: count }, (_, column) => (figures[column] ?? 0) > 0);
  const [cellsEm, namesEm, cellsLeastEm, namesLeastEm] = [widths.widthsEm(), boldWidths.widthsEm(), widths.leastEm(), boldWidths.leastEm()];
  const widthsEm = numeric.map((_, column) => Math.max(cellsEm[column] ?? 0, namesEm[column] ?? 0));
  const leastEm = numeric.map((figure, column) => Math.max((figure ? cellsEm : cellsLeastEm)[column] ?? 0, namesLeastEm[column] ?? 0));
  return { names, widthsEm, leastEm, numeric };
}

function isFigure(cell: string): boolean {
  return /^[-+(]?[\p{Sc}]?\s?\d[\d\s.,'’%:/-]*\p{Sc}?\)?$/u.test(cell);
}
