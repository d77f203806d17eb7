import type { Verification } from './answer-types.ts';
import { cellsOf, collapse } from './show-quote.ts';

/** The span a sentence cites, and the header row it stands under in a table. */
export type CitedSource = { quote: string; header?: string };

/**
 * Checks a sentence against the span it cites without asking a model. `verified`: its words stand there in this order and
 * without a gap (markup and white space aside), or, in a table, each `column: value` pair is the header's and the row's.
 * Anything else is `unsupported`.
 */
export function verifySentence(sentence: string, source: CitedSource): Verification {
  const wanted = plainWords(sentence);
  if (wanted === '') return 'unsupported';
  if (` ${plainWords(source.quote)} `.includes(` ${wanted} `)) return 'verified';
  return source.header !== undefined && isRowOf(sentence, source.quote, source.header) ? 'verified' : 'unsupported';
}

/** Letters and digits in their order, everything else (markup, punctuation, white space) as one space. */
function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\]\([^)\s]*\)/gu, ' ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function isRowOf(sentence: string, row: string, header: string): boolean {
  const names = cellsOf(header);
  const pairs = cellsOf(row).map((value, i) => ({ name: names[i] ?? '', value })).filter(({ value }) => value !== '');
  return pairs.map(({ name, value }) => (name === '' ? value : `${name}: ${value}`)).join('; ') === collapse(sentence);
}
