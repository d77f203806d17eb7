import { analyze } from '../language/analyze-text.ts';
import { findDates } from '../language/find-dates.ts';
import type { RankedSentence } from './rank-sentences.ts';
import { readRow } from './read-row.ts';
import { rowOf } from './row-of.ts';

/** `isWhole`: every row of the table was compared; else only those of the passages found. */
export type ExtremeRows = { rows: RankedSentence[]; isWhole: boolean };

type Row = { sentence: RankedSentence; cells: ReadonlyMap<string, string>; terms: ReadonlySet<string> };
type Asked = { sign: 1 | -1; isTime: boolean };

const superlatives: { words: RegExp; asked: Asked }[] = [
  { words: /\b(?:latest|newest|most recent(?:ly)?|last(?! name)|neueste\p{L}*|letzte\p{L}*|zuletzt)(?!\p{L})/iu, asked: { sign: 1, isTime: true } },
  { words: /\b(?:earliest|oldest|first(?! name)|älteste\p{L}*|früheste\p{L}*|erste\p{L}*)(?!\p{L})/iu, asked: { sign: -1, isTime: true } },
  { words: /\b(?:least|lowest|smallest|minimum|shortest|lightest|cheapest|slowest|fewest|coldest|weakest|niedrigste\p{L}*|kleinste\p{L}*|geringste\p{L}*|kürzeste\p{L}*|wenigsten?)(?!\p{L})/iu, asked: { sign: -1, isTime: false } },
  { words: /\b(?:most(?! common| often| likely| of)|highest|largest|greatest|biggest|maximum|strongest|longest|heaviest|tallest|widest|fastest|hottest|höchste\p{L}*|größte\p{L}*|längste\p{L}*|meisten?)(?!\p{L})/iu, asked: { sign: 1, isTime: false } },
];

/** Rows that sum up the others. */
const summary = /^(?:(?:sub|grand )?totals?|sum|average|mean|gesamt\p{L}*|summe\p{L}*|mittelwert)(?!\p{L})/iu;

/**
 * The rows of a table that a question asks for by a superlative (`Which alloy had the highest tensile strength?`): those with
 * the largest or smallest figure, or the last or first date, in the column it names, among the rows that have what else
 * of the question stands in some of them. Undefined where the question has no superlative, the best sentence is no row, or the column
 * is not certain.
 */
export function findExtremeRows(question: string, ranked: readonly RankedSentence[]): ExtremeRows | undefined {
  const found = superlatives.find(({ words }) => words.test(question));
  const [best] = ranked;
  const header = best?.block.header;
  if (found === undefined || best === undefined || best.block.kind !== 'table-row' || header === undefined) return undefined;
  const own = ranked.filter(({ block, ranked: { document } }) => document.id === best.ranked.document.id && block.kind === 'table-row' && block.header === header);
  const language = best.ranked.document.language;
  const table = own.flatMap((sentence): Row[] => {
    const cells = readRow(rowOf(sentence), header);
    return cells === undefined ? [] : [{ sentence, cells, terms: termsOf([...cells.values()].join(' '), language) }];
  });
  if (table.length < 2 || table.length < own.length) return undefined;
  const asked = termsOf(question.replace(found.words, ' '), language);
  const single = table.filter(({ cells }) => !summary.test([...cells.values()][0] ?? ''));
  const rows = withTerms(single, asked, language);
  const column = findColumn(single, asked, found.asked, rows.length < single.length, language);
  if (column === undefined) return undefined;
  const values = rows.map(({ cells }) => valueOf(cells.get(column) ?? '', found.asked.isTime));
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  const extreme = found.asked.sign * Math.max(...known.map((value) => found.asked.sign * value));
  return { rows: rows.filter((_, i) => values[i] === extreme).map(({ sentence }) => sentence), isWhole: isWholeTable(own, header) };
}

function termsOf(text: string, language: string): Set<string> {
  const spaced = text.replace(/_/gu, ' ').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return new Set(analyze(spaced, language === 'und' ? 'en' : language).keys());
}

/** The column whose name has the most words of the question; without one, the only column of its kind where the question names rows. */
function findColumn(table: readonly Row[], asked: ReadonlySet<string>, { isTime }: Asked, namesRows: boolean, language: string): string | undefined {
  const names = [...new Set(table.flatMap(({ cells }) => [...cells.keys()]))];
  const columns = names.filter((name) => {
    const values = table.flatMap(({ cells }) => cells.get(name) ?? []);
    return values.length > 1 && values.every((value) => valueOf(value, isTime) !== undefined);
  });
  const hits = columns.map((name) => [...termsOf(name, language)].filter((term) => asked.has(term)).length);
  const most = Math.max(0, ...hits);
  const leading = columns.filter((_, i) => hits[i] === most);
  return leading.length === 1 && (most > 0 || namesRows) ? leading[0] : undefined;
}

/** The rows that have all the question's terms that tell rows apart; all rows where there are none. */
function withTerms(table: readonly Row[], asked: ReadonlySet<string>, language: string): Row[] {
  const named = termsOf([...new Set(table.flatMap(({ cells }) => [...cells.keys()]))].join(' '), language);
  const telling = [...asked].filter((term) => !named.has(term) && table.some(({ terms }) => terms.has(term)));
  return table.filter(({ terms }) => telling.every((term) => terms.has(term)));
}

/** A figure with its unit or currency, or the number of a day. */
function valueOf(cell: string, isTime: boolean): number | undefined {
  const [date] = findDates(cell);
  if (isTime) {
    if (date?.year !== undefined) return (date.year * 12 + date.month) * 31 + (date.day ?? 0);
    return /^(?:1[5-9]|20)\d\d$/u.test(cell) ? Number(cell) * 12 * 31 : undefined;
  }
  const [, sign, figure = ''] = /^[€$£¥<>≤≥~\s]*([-−]?)\s?(\d[\d.,\s']*)(?:[^\d.,].{0,11})?$/u.exec(cell) ?? [];
  if (date !== undefined || figure === '' || /\p{L}.*\d/u.test(cell)) return undefined;
  const plain = figure.replace(/[\s']|[.,]$/gu, '');
  const value = Number(/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(plain) ? plain.replaceAll(',', '') : /^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/u.test(plain) ? plain.replaceAll('.', '').replace(',', '.') : plain.replace(',', '.'));
  return Number.isFinite(value) ? (sign ? -value : value) : undefined;
}

/** Whether the passages found follow each other from the table's header row to what stands behind its last row. */
function isWholeTable(rows: readonly RankedSentence[], header: string): boolean {
  const passages = [...new Map(rows.map(({ ranked: { passage } }) => [passage.ordinal, passage])).values()].sort((a, b) => a.ordinal - b.ordinal);
  const [first, last] = [passages[0], passages.at(-1)];
  if (first === undefined || last === undefined || last.ordinal - first.ordinal !== passages.length - 1) return false;
  const textOf = ({ text, blocks }: typeof first, i: number) => text.slice(blocks[i]?.at, blocks[i + 1]?.at).trim();
  const begins = first.blocks.some(({ kind }, i) => kind === 'table-row' && textOf(first, i) === header.trim());
  const lastRow = last.blocks.findLastIndex((block) => block.kind === 'table-row' && block.header === header);
  const characters = rows[0]?.ranked.document.characters ?? Infinity;
  return begins && (lastRow < last.blocks.length - 1 || last.start + last.text.length >= characters);
}
