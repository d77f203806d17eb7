import type { PassageBlock } from '../document/passage.ts';
import type { SourceType } from '../document/parsed-document.ts';
import { isRecord } from './split-sentences.ts';

/**
 * A quote as a person reads it: white space collapsed, Markdown's markup and the marks of footnotes taken off, the items of
 * a list and the lines of a record parted by semicolons, code in its lines, and a table's row with the names of its columns (`mass: 2.5;
 * result: passed`) where it is certain which cell stands in which. The words are the original's. `whole`: the quoted table row
 * with the empty cells at its ends, or the code from the beginning of its line.
 */
export function showQuote(quote: string, type: SourceType, block?: PassageBlock, whole = quote): string {
  if (block?.kind === 'table-row') return showRow(whole, block.header);
  if (block?.kind === 'code') return showCode(whole);
  if (isRecord(quote)) return collapse(quote.trim().replace(/\s*\n\s*/gu, '; '));
  const plain = type === 'markdown' ? stripInlineMarkup(quote) : stripFootnotes(quote);
  return collapse(joinItems(plain));
}

/** Code keeps its lines; what they are all indented by, and the fences of Markdown, are taken off. */
function showCode(code: string): string {
  const lines = code.split('\n').map((line) => line.trimEnd().replaceAll('\t', '  ')).filter((line) => !/^\s*(?:`{3,}|~{3,})/u.test(line));
  const indent = lines.reduce((least, line) => (line === '' ? least : Math.min(least, line.length - line.trimStart().length)), Infinity);
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join('\n').trim();
}

/** The lines of a list after its introduction as one line: `Bring: boots; a map`. */
function joinItems(text: string): string {
  return text.replace(/(\S)[^\S\n]*\n\s*(?:[-*+•–·▪◦]\s+|(?=\d{1,3}[.)]\s))/gu, (_, before: string) => (/[.!?:;,。]/u.test(before) ? `${before} ` : `${before}; `));
}

/** The text without marks of footnotes behind punctuation, as `[129]` in pages. */
export function stripFootnotes(text: string): string {
  return text.replace(/(?<=[.,;:!?)"”’\]])\[(?:\d{1,3}|(?:note|nb) \d{1,3}|[a-z ]{4,20} needed)\](?::\s?\d[\d,–\s-]{0,20}\d(?=\s|$))?/gu, '');
}

/** One space for every run of white space. */
export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The text without Markdown's marks for links, emphasis, code and quotes, and without the tags of HTML. */
export function stripInlineMarkup(text: string): string {
  return text
    .replace(/(^|\n)[^\S\n]{0,3}(?:>[^\S\n]?)+/gu, '$1')
    .replace(/(`(?:[^`\n]|\n(?!\s*\n)){1,300}`)|(?<![\p{L}\p{N}])<\/?[A-Za-z][\w-]{0,40}(?:\s[^<>]{0,500})?\/?>/gu, (_, code?: string) => code ?? ' ')
    .replace(/\s*<!--[^]{0,500}?-->/gu, '')
    .replace(/(^|\n)[^\S\n]*`{3,}[^`\n]*(?=\n|$)/gu, '$1')
    .replace(/\[([^\]\n]{1,300})\]\[[^\]\n]{0,100}\]/gu, '$1')
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,500}(?:\s"[^"\n]{0,200}")?\)/gu, '$1')
    .replace(/(\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1/gsu, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])([^\n]{1,300}?)(?<=[^\s_])_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/`((?:[^`\n]|\n(?!\s*\n)){1,300})`/gu, '$1');
}

function showRow(row: string, header: string | undefined): string {
  return pairCells(row, header) ?? joinCells(row);
}

/** Names of two columns that say no more than that the first holds names and the second values. */
const genericNames = /^(?:property|properties|value|values|item|specification|parameter|feature|characteristic|attribute|data|detail|details|description|key|name|field|setting|quantity|figure|eigenschaft|wert|merkmal|bezeichnung|angabe)$/iu;

/** The name of a column that is none: it ends in a colon, or is itself a number, a date or an address. */
const valueLike = /[:：]$|^[^\p{L}]*\d[^\p{L}]*$|@|^\d{1,4}[./-]\d|:\/\//u;

/**
 * `column: value; column: value` (`Belt speed: 1.9 m/s` under `Property` and `Value`) of a row without its empty cells.
 * Undefined where it is not certain which column a cell stands in: the row has not as many cells as the header (parsers
 * keep empty ones), or the header names no columns.
 */
export function pairCells(row: string, header: string | undefined): string | undefined {
  const names = header === undefined ? [] : cellsOf(header);
  const values = cellsOf(row);
  if (values.length < 2 || values.length !== names.length || names.some((name) => valueLike.test(name))) return undefined;
  const [first, second] = values;
  if (names.length === 2 && first !== '' && second !== '' && names.every((name) => genericNames.test(name))) return `${first}: ${second}`;
  const pairs = values.map((value, i) => ({ name: names[i] ?? '', value })).filter(({ value }) => value !== '');
  return pairs.map(({ name, value }) => (name === '' ? value : `${name}: ${value}`)).join('; ');
}

/** The cells that have text, parted by dots; behind a cell that ends in a colon stands its value. */
function joinCells(row: string): string {
  const cells = cellsOf(row).filter((cell) => cell !== '');
  return cells.reduce((text, cell) => (text === '' ? cell : /[:：]$/u.test(text) ? `${text} ${cell}` : `${text} · ${cell}`), '');
}

/** Cells of a row as parsers write it: parted by tabs, or by bars in Markdown. */
export function cellsOf(row: string): string[] {
  const isMarkdown = !row.includes('\t') && row.includes('|');
  const bare = isMarkdown ? row.trim().replace(/^\||(?<!\\)\|$/gu, '') : row;
  return bare.split(isMarkdown ? /(?<!\\)\|/u : '\t').map((cell) => collapse(cell));
}
