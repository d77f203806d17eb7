import { collapse, stripInlineMarkup } from '../answer/show-quote.ts';
import { stripMarks } from './read-claim.ts';

const mark = String.raw`[[【]\s?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?[\]】]`;
const linkedMark = new RegExp(String.raw`(${mark})\([^)\s]*\)`, 'gu');
const framing = new RegExp(String.raw`^(\s*)(?:according to|as (?:stated|noted|mentioned|described) in|per|in|from|laut|gemäß|nach|según|根据)\s?(?:(?:the )?(?:document|passage|source|text)s? )?(?:${mark}[\s,]*(?:and )?)+[,，:]?\s*`, 'iu');
const aside = new RegExp(String.raw`,?\s(?:according to|as (?:stated|noted|mentioned) in|see|cf\.|laut|gemäß|según)\s(?:(?:the )?(?:document|passage|source)s? )?(?:${mark}[\s,]*(?:and )?)+(?=[.!?;,)]|$)`, 'giu');
const unfinishedMark = /[ \u00a0]?[[【]\s?\^?[\d\s,;–-]{0,20}$/u;
const lineMarker = /^\s*(?:[-*+•–]\s+|#{1,6}\s+|>\s?)/u;

/** What a model wrote as a person reads it: without marks of citations, `According to [1],`, markup, and targets of links. */
export function showWritten(text: string): string {
  const unmarked = stripMarks(text.replace(linkedMark, '$1').replace(framing, '$1').replace(aside, ''));
  const shown = collapse(stripInlineMarkup(unmarked.replace(lineMarker, '')).replace(/\n\s*(?:[-*+•–]\s+|#{1,6}\s+)/gu, ' ')).replace(/\s+([.,;:!?])(?=\s|$)/gu, '$1');
  return framing.test(text) ? shown.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : shown;
}

/** The same of a text that is being written: a mark that is not whole is not shown. */
export function showUnfinished(text: string): string {
  return showWritten(text.replace(unfinishedMark, ''));
}
