import type { PassageBlock } from '../document/passage.ts';
import type { SourceType } from '../document/parsed-document.ts';

/**
 * A quote as a person reads it: white space collapsed, the inline markup of Markdown taken off, and a table's row with the
 * names of its columns (`mass: 2.5; result: passed`) where the header has as many cells. The words are the original's.
 */
export function showQuote(quote: string, type: SourceType, block?: PassageBlock): string {
  if (block?.kind === 'table-row') return showRow(quote, block.header);
  return collapse(type === 'markdown' ? stripInlineMarkup(quote) : quote);
}

/** One space for every run of white space. */
export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function stripInlineMarkup(text: string): string {
  return text
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,500}(?:\s"[^"\n]{0,200}")?\)/gu, '$1')
    .replace(/(\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1/gsu, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/`([^`\n]{1,300})`/gu, '$1');
}

function showRow(row: string, header: string | undefined): string {
  const names = header === undefined ? [] : cellsOf(header);
  const values = cellsOf(row);
  if (names.length !== values.length || names.length < 2) return collapse(row);
  const pairs = values.map((value, i) => ({ name: names[i] ?? '', value })).filter(({ value }) => value !== '');
  // Rows that already name their columns are left alone.
  if (pairs.some(({ name, value }) => value.startsWith(`${name}:`))) return collapse(row);
  return pairs.map(({ name, value }) => (name === '' ? value : `${name}: ${value}`)).join('; ');
}

/** Cells of a row by the delimiter it shows: a bar, a tab, else a semicolon, else a comma outside quotation marks. */
export function cellsOf(row: string): string[] {
  const line = row.replace(/\s*\n\s*/gu, ' ').trim();
  const separator = line.includes('|') ? '|' : ['\t', ';', ','].find((candidate) => row.includes(candidate));
  if (separator === undefined) return [collapse(line)];
  const bare = separator === '|' ? line.replace(/^\||\|$/gu, '') : row.replace(/\n+$/u, '');
  return splitOutsideQuotes(bare, separator).map((cell) => collapse(cell).replace(/^"(.*)"$/u, '$1').replaceAll('""', '"'));
}

function splitOutsideQuotes(line: string, separator: string): string[] {
  const cells: string[] = [''];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) cells.push('');
    else cells[cells.length - 1] += character;
  }
  return cells;
}
