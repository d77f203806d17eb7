import type { BlockKind } from '../document/parsed-document.ts';

/** A block of a page before it has a place in the text. */
export type HtmlBlock = { kind: BlockKind; text: string; path: string; level?: number; header?: string };

export type HtmlCell = { blocks: HtmlBlock[]; heads: boolean };
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

/** Cells are parted by tabs; a row of one cell is as good as a paragraph. */
function rowText(row: HtmlRow): string {
  return row.cells.map(cellText).join('\t').trim();
}

function isHeader(row: HtmlRow): boolean {
  return row.inHead || (row.cells.length > 1 && row.cells.every(({ heads }) => heads));
}

/** Where no row is marked as header: the first, when it has no figures and some row below it has. */
function guessHeader(rows: readonly HtmlRow[]): HtmlRow | undefined {
  const [first, ...rest] = rows;
  if (first === undefined || first.cells.length < 2 || rows.some(isHeader) || isLayout(first)) return undefined;
  const names = first.cells.map(cellText);
  if (names.some((name) => name === '' || name.length > 60 || /\d/u.test(name))) return undefined;
  return rest.some((row) => row.cells.some((cell) => /\d/u.test(cellText(cell)))) ? first : undefined;
}

/** The blocks of a table: a row each, with the header row it stands under; rows that only lay out text become its blocks. */
export function tableBlocks(rows: readonly HtmlRow[]): HtmlBlock[] {
  const guessed = guessHeader(rows);
  let header: string | undefined;
  return rows.flatMap((row): HtmlBlock[] => {
    if (isLayout(row)) return row.cells.flatMap(({ blocks }) => blocks);
    const text = rowText(row);
    if (text === '') return [];
    if (isHeader(row) || row === guessed) {
      header = text;
      return [{ kind: 'table-row', text, path: row.path }];
    }
    return [{ kind: 'table-row', text, path: row.path, ...(header !== undefined && { header }) }];
  });
}
