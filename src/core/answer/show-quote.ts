import type { PassageBlock } from '../document/passage.ts';
import type { SourceType } from '../document/parsed-document.ts';
import { isRecord } from './split-sentences.ts';

/**
 * A quote as a person reads it: white space collapsed, the inline markup of Markdown taken off, and a table's row with the
 * names of its columns (`mass: 2.5; result: passed`) where the header has them and the row does not, a record's
 * lines parted by semicolons. The words are the original's.
 */
export function showQuote(quote: string, type: SourceType, block?: PassageBlock): string {
  if (block?.kind === 'table-row') return showRow(quote, block.header);
  if (isRecord(quote)) return collapse(quote.trim().replace(/\s*\n\s*/gu, '; '));
  return collapse(type === 'markdown' ? stripInlineMarkup(quote) : quote);
}

/** One space for every run of white space. */
export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The text without Markdown's marks for links, emphasis and code. */
export function stripInlineMarkup(text: string): string {
  return text
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,500}(?:\s"[^"\n]{0,200}")?\)/gu, '$1')
    .replace(/(\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1/gsu, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_\n]{1,300})(?<=\S)_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/`([^`\n]{1,300})`/gu, '$1');
}

function showRow(row: string, header: string | undefined): string {
  const pairs = pairCells(row, header);
  return pairs === undefined ? collapse(row) : pairs;
}

/** `column: value; column: value` of a row without its empty cells; undefined where the header has no cell for each. */
export function pairCells(row: string, header: string | undefined): string | undefined {
  const names = header === undefined ? [] : cellsOf(header);
  const values = cellsOf(row);
  if (names.length < 2 || values.length < 2 || values.length > names.length) return undefined;
  const pairs = values.map((value, i) => ({ name: names[i] ?? '', value })).filter(({ value }) => value !== '');
  return pairs.map(({ name, value }) => (name === '' ? value : `${name}: ${value}`)).join('; ');
}

/** Cells of a row as parsers write it: parted by tabs, or by bars in Markdown. */
function cellsOf(row: string): string[] {
  const isMarkdown = !row.includes('\t') && row.includes('|');
  const bare = isMarkdown ? row.trim().replace(/^\||(?<!\\)\|$/gu, '') : row;
  return bare.split(isMarkdown ? /(?<!\\)\|/u : '\t').map((cell) => collapse(cell));
}
