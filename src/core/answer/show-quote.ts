import type { PassageBlock } from '../document/passage.ts';
import type { SourceType } from '../document/parsed-document.ts';
import { isRecord } from './split-sentences.ts';

/**
 * A quote as a person reads it: white space collapsed, Markdown's markup and the marks of footnotes taken off, the items of
 * a list and the lines of a record parted by semicolons, and a table's row with the names of its columns (`mass: 2.5;
 * result: passed`) where the header has them and the row does not. The words are the original's.
 */
export function showQuote(quote: string, type: SourceType, block?: PassageBlock): string {
  if (block?.kind === 'table-row') return showRow(quote, block.header);
  if (isRecord(quote)) return collapse(quote.trim().replace(/\s*\n\s*/gu, '; '));
  const plain = type === 'markdown' ? stripInlineMarkup(quote) : stripFootnotes(quote);
  return collapse(joinItems(plain));
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
    .replace(/(`[^`\n]{1,300}`)|(?<![\p{L}\p{N}])<\/?[A-Za-z][\w-]{0,40}(?:\s[^<>]{0,500})?\/?>/gu, (_, code?: string) => code ?? ' ')
    .replace(/\s*<!--[^]{0,500}?-->/gu, '')
    .replace(/(^|\n)[^\S\n]*`{3,}[^`\n]*(?=\n|$)/gu, '$1')
    .replace(/\[([^\]\n]{1,300})\]\[[^\]\n]{0,100}\]/gu, '$1')
    .replace(/!?\[([^\]\n]{0,300})\]\([^)\s]{0,500}(?:\s"[^"\n]{0,200}")?\)/gu, '$1')
    .replace(/(\*\*|__|~~)(?=\S)(.{1,500}?)(?<=\S)\1/gsu, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])([^\n]{1,300}?)(?<=[^\s_])_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/`([^`\n]{1,300})`/gu, '$1');
}

function showRow(row: string, header: string | undefined): string {
  const pairs = pairCells(row, header);
  return pairs === undefined ? collapse(row) : pairs;
}

/** Names of two columns that say no more than that the first holds names and the second values. */
const genericNames = /^(?:property|properties|value|values|item|specification|parameter|feature|characteristic|attribute|data|detail|details|description|key|name|field|setting|quantity|figure|eigenschaft|wert|merkmal|bezeichnung|angabe)$/iu;

/** `column: value; column: value` (`Belt speed: 1.9 m/s` under `Property` and `Value`) of a row without its empty cells; undefined where the header has no cell for each. */
export function pairCells(row: string, header: string | undefined): string | undefined {
  const names = header === undefined ? [] : cellsOf(header);
  const values = cellsOf(row);
  if (names.length < 2 || values.length < 2 || values.length > names.length) return undefined;
  const [first, second] = values;
  if (names.length === 2 && first !== '' && second !== '' && names.every((name) => genericNames.test(name))) return `${first}: ${second}`;
  const pairs = values.map((value, i) => ({ name: names[i] ?? '', value })).filter(({ value }) => value !== '');
  return pairs.map(({ name, value }) => (name === '' ? value : `${name}: ${value}`)).join('; ');
}

/** Cells of a row as parsers write it: parted by tabs, or by bars in Markdown. */
function cellsOf(row: string): string[] {
  const isMarkdown = !row.includes('\t') && row.includes('|');
  const bare = isMarkdown ? row.trim().replace(/^\||(?<!\\)\|$/gu, '') : row;
  return bare.split(isMarkdown ? /(?<!\\)\|/u : '\t').map((cell) => collapse(cell));
}
