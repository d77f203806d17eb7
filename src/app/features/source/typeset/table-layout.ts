import type { SourceType } from '#core/document/parsed-document.ts';
import type { DisplayBlock } from './display-block.ts';
import { headerNames, isRuleRow, tableCells } from './table-cells.ts';

/** Columns of a table that may be set in several sections: widths in characters, the same in each. */
export type TableLayout = { names: string[]; widths: number[]; numeric: boolean[] };

const sampledRows = 100;
const narrowestColumn = 4;
const widestColumn = 32;

/**
 * Measures the tables of a document by their first rows. The result has an entry for each `table-row` block; rows of one
 * table share it.
 */
export function layoutTables(text: string, blocks: readonly DisplayBlock[], type: SourceType): Map<DisplayBlock, TableLayout> {
  const layouts = new Map<DisplayBlock, TableLayout>();
  for (let index = 0; index < blocks.length; ) {
    const rows = tableFrom(blocks, index);
    index += Math.max(1, rows.length);
    if (rows.length === 0) continue;
    const layout = measureTable(text, rows.slice(0, sampledRows), type);
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

function measureTable(text: string, rows: readonly DisplayBlock[], type: SourceType): TableLayout {
  const header = rows.find((row) => row.header !== undefined)?.header;
  const names = header === undefined ? [] : headerNames(header);
  const widths = names.map((name) => name.length);
  const figures: { numbers: number; words: number }[] = [];
  for (const row of rows) {
    if (isRuleRow(text, row)) continue;
    tableCells(text, row, type).forEach((cell, column) => {
      const seen = cell.runs.filter((run) => !run.style.syntax).map((run) => text.slice(run.start, run.end)).join('').trim();
      widths[column] = Math.max(widths[column] ?? 0, seen.length);
      const count = (figures[column] ??= { numbers: 0, words: 0 });
      if (row.header === undefined || seen === '') return;
      if (/^[-+(]?[\p{Sc}]?\s?\d[\d\s.,'’%:/-]*\p{Sc}?\)?$/u.test(seen)) count.numbers += 1;
      else count.words += 1;
    });
  }
  return {
    names,
    widths: widths.map((width) => Math.min(widestColumn, Math.max(narrowestColumn, width))),
    numeric: widths.map((_, column) => (figures[column]?.numbers ?? 0) > (figures[column]?.words ?? 0)),
  };
}
