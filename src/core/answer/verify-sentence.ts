import type { Verification } from './answer-types.ts';
import { collapse, pairCells, stripFootnotes, stripInlineMarkup } from './show-quote.ts';

/** The span a sentence cites; in a table, the row with the empty cells at its ends and the header row it stands under. */
export type CitedSource = { quote: string; row?: string; header?: string };

/**
 * Checks a sentence against the span it cites without asking a model. `verified`: its words stand there in this order and
 * without a gap (markup and white space aside), or, in a table, each `column: value` pair is the header's and
 * the row's, which has a cell for each column.
 * Anything else is `unsupported`.
 */
export function verifySentence(sentence: string, source: CitedSource): Verification {
  const wanted = plainWords(sentence);
  if (wanted === '') return 'unsupported';
  // Markup within a word (`H[2](#note)O`) parts it when read literally, and footnotes stand between words: it is read each way.
  const readings = [source.quote, stripInlineMarkup(source.quote), stripFootnotes(source.quote)].map(plainWords);
  if (readings.some((words) => ` ${words} `.includes(` ${wanted} `))) return 'verified';
  return pairCells(source.row ?? source.quote, source.header) === collapse(sentence) ? 'verified' : 'unsupported';
}

/** Words and numbers in their order, with one space between; a number keeps its sign, its points and its commas. */
function plainWords(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\]\([^)\s]*\)/gu, ' ')
    .replace(/(?:[^\p{L}\p{N}\p{M}.,+\-−]|(?<!\p{N})[.,]|[.,](?!\p{N})|(?<=[\p{L}\p{N}])[+\-−]|[+\-−](?!\p{N}))+/gu, ' ')
    .trim();
}
