import { findDates, monthName, spellDate, type DateMention } from './find-dates.ts';
import { detectLanguage } from './detect-language.ts';
import { foldWord, normalizeText } from './fold-word.ts';
import { primaryLanguage, termOf } from './term-of.ts';
import { tokenize } from './tokenize.ts';

/**
 * One distinct word of a question: a passage holds it when it holds any of `terms` (its stems in the languages searched)
 * or a term that begins with `prefix`.
 */
export type QueryTerm = { terms: string[]; prefix?: string; count: number };

/** `phrases` are the quoted parts as typed, without their quotation marks; their words are among `terms` too. */
export type AnalyzedQuery = { terms: QueryTerm[]; phrases: string[] };

const quoted = /["“”„«»]([^"“”„«»]{1,200})["“”„«»]/gu;
const prefixed = /([\p{L}\p{N}][\p{L}\p{N}\p{M}]*)\*/gu;
const minPrefixLetters = 2;
const maxQuestionCharacters = 4000;
const maxPhrases = 4;

/**
 * A question as terms of the languages of the searched passages (BCP 47 tags; none means `und`). A word is left out when
 * it is a stop word of the question's own language, or of every language searched. `"..."` marks a phrase, `word*` a
 * prefix. Only the first few thousand characters count.
 */
export function analyzeQuery(question: string, languages: readonly string[]): AnalyzedQuery {
  const text = normalizeText(question.slice(0, maxQuestionCharacters));
  const searched = [...new Set(languages.map(primaryLanguage))].sort();
  if (searched.length === 0) searched.push('und');
  const own = detectLanguage(text);
  const groups = new Map<string, QueryTerm>();
  const plain = text.replace(prefixed, (whole, word: string) => {
    if (word.length < minPrefixLetters) return whole;
    addGroup(groups, termsOf(word, searched, own), foldWord(word));
    return ' ';
  });
  for (const token of tokenize(takeDates(plain, groups, searched))) {
    addGroup(groups, token.gram ? [token.text] : termsOf(token.text, searched, own));
  }
  return { terms: [...groups.values()], phrases: [...question.matchAll(quoted)].slice(0, maxPhrases).map(([, phrase]) => phrase!.trim()) };
}

/** Adds whole dates as three terms: the year, the day, and the month by its name or within the date in figures. Gives the text without them. */
function takeDates(text: string, groups: Map<string, QueryTerm>, languages: readonly string[]): string {
  let rest = text;
  for (const date of findDates(text).reverse()) {
    const { year, month, day, start, end } = date;
    if (year === undefined || day === undefined) continue;
    for (const terms of dateTerms({ year, month, day }, languages)) addGroup(groups, terms);
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  }
  return rest;
}

function dateTerms({ year, month, day }: Required<Omit<DateMention, 'start' | 'end'>>, languages: readonly string[]): string[][] {
  const names = languages.map((language) => termOf(normalizeText(monthName(month, language)), language)).filter(Boolean);
  return [[String(year)], [...new Set([String(day), String(day).padStart(2, '0')])], [...new Set([...names, ...spellDate(year, month, day)])].sort()];
}

function termsOf(word: string, languages: readonly string[], own: string): string[] {
  if (languages.includes(own) && termOf(word, own) === '') return [];
  const spoken = languages.filter((language) => language !== 'und');
  if (spoken.length > 0 && spoken.every((language) => termOf(word, language) === '')) return [];
  return [...new Set(languages.map((language) => termOf(word, language)))].filter(Boolean).sort();
}

function addGroup(groups: Map<string, QueryTerm>, terms: string[], prefix?: string): void {
  if (terms.length === 0 && prefix === undefined) return;
  const key = `${terms.join(' ')}|${prefix ?? ''}`;
  const known = groups.get(key);
  if (known !== undefined) known.count += 1;
  else groups.set(key, prefix === undefined ? { terms, count: 1 } : { terms, prefix, count: 1 });
}
