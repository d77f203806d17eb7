import type { BlockKind } from '../document/parsed-document.ts';
import { cellsText, isValue } from './table-row-text.ts';

/** A block of a page before it has a place in the text. */
export type HtmlBlock = { kind: BlockKind; text: string; path: string; level?: number; header?: string };

/** `column` counts from 0; cells of rows above that reach down, and cells over several columns, take their columns. */
export type HtmlCell = { blocks: HtmlBlock[]; heads: boolean; column: number };
export type HtmlRow = { cells: HtmlCell[]; path: string; inHead: boolean };

/** Longest text a cell of data has; what is longer is text laid out by a table. */
const longestCell = 2000;

function isLayout(row: HtmlRow): boolean {
  return row.cells.some(({ blocks }) => {
    const characters = blocks.reduce((sum, block) => sum + block.text.length, 0);
    return characters > longestCell || blocks.some(({ kind }) => kind === 'heading' || kind === 'table-row' || kind === 'code');
  });
}

function cellText({ blocks }: HtmlCell): string {
  return blocks.map(({ text }) => text).join(' ').replace(/\s+/gu, ' ');
}

/** Cells are parted by tabs, each at its column, in a row of `width` columns or more; a row of one cell is as good as a paragraph. */
function rowText({ cells }: HtmlRow, width: number): string {
  const [only] = cells;
  if (only !== undefined && cells.length === 1) return cellText(only).trim();
  const texts = Array.from({ length: Math.max(width, (cells.at(-1)?.column ?? -1) + 1) }, () => '');
  for (const cell of cells) texts[cell.column] = cellText(cell);
  return cellsText(texts);
}

function isHeader({ inHead, cells }: HtmlRow): boolean {
  return inHead || (cells.length > 1 && cells.every(({ heads }) => heads));
}

/** Where no row is marked as header: the first, when it has no figures and some row below it has. */
function guessHeader(rows: readonly HtmlRow[]): HtmlRow | undefined {
  const [first, ...rest] = rows;
  if (first === undefined || first.cells.length < 2 || rows.some(isHeader) || isLayout(first)) return undefined;
  const names = first.cells.map(cellText);
  if (names.some((name) => name === '' || name.length > 60 || /\d/u.test(name) || isValue(name))) return undefined;
  return rest.some((row) => row.cells.some((cell) => /\d/u.test(cellText(cell)))) ? first : undefined;
}

/** How many columns a header row has. */
function columnsOf(header: string): number {
  return header.split('\t').length;
}

/** The blocks of a table: a row each, with the header row it stands under; rows that only lay out text become its blocks. */
export function tableBlocks(rows: readonly HtmlRow[]): HtmlBlock[] {
  const guessed = guessHeader(rows);
  let header: string | undefined;
  let width = 0;
  return rows.flatMap((row): HtmlBlock[] => {
    if (isLayout(row)) return row.cells.flatMap(({ blocks }) => blocks);
    const text = rowText(row, width);
    if (text === '') return [];
    if (isHeader(row) || row === guessed) {
      header = text;
      width = columnsOf(text);
      return [{ kind: 'table-row', text, path: row.path }];
    }
    return [{ kind: 'table-row', text, path: row.path, ...(header !== undefined && { header }) }];
  });
}
