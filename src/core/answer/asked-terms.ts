import { analyze } from '../language/analyze-text.ts';
import { findDates } from '../language/find-dates.ts';
import type { QuestionTerm, RankedPassage, SearchResult } from '../search/search-types.ts';

/** A term of the question as sentences are judged by it. */
export type AskedTerm = {
  /** The index terms it stands for. */
  forms: readonly string[];
  /** The word as typed; undefined for pairs of characters and for a code's joined form. */
  word: string | undefined;
  idf: number;
  /** What it counts for before a document's topic is known. */
  weight: number;
  isName: boolean;
  /** `happen`, `mean`: a word that seldom returns in an answer. */
  isVague: boolean;
  /** `many` of `how many`: the kind of thing asked for, which stands in the answer as a number, not as a word. */
  isMeasure: boolean;
  /** Part of a date. A date says when, not what: a sentence of that day still has to speak of what is asked. */
  isDate: boolean;
};

const words = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** A name says whom or what a question is about; in documents about them it stands in any sentence. */
const nameShare = 0.5;
/** Words of questions that seldom return in their answers. */
const vagueShare = 0.4;
/** What each part of a date counts for. */
const dateShare = 0.35;
const vague = new Set(
  ('anything something anyone someone anybody somebody everything get gets got give given gives make made makes happen happens happened mean means ' +
    'tell say says said need needs needed allowed use used uses using kind type sort take takes taken let please exactly ever still mr mrs ms dr patient patients').split(' '),
);
const measures = /\bhow\s+(many|much|often|soon)\b/giu;
/** What a follow-up may point at, behind its question: it finds the passages, and says whom or what they are about. */
const context = /[?？]\s*\([^()]*\)$/u;
/** Nouns have capitals there, so a capital does not tell a name. */
const capitalNouns = new Set(['de', 'lb']);

/** The terms of a question with what each counts for, from its idf, its spelling in the question and in the texts found. */
export function readAskedTerms(question: string, result: SearchResult, passages: readonly RankedPassage[], sentences: readonly string[]): AskedTerm[] {
  const languages = [...new Set(passages.map(({ document }) => document.language))];
  const terms = result.questionTerms ?? plainTerms(question, languages);
  const spoken = languages.length === 0 ? ['und'] : languages;
  const dates = findDates(question);
  const contextAt = context.exec(question.trimEnd())?.index ?? Infinity;
  const typed = [...question.matchAll(words)].map(({ 0: word, index }, i) => ({
    word,
    i,
    isContext: index > contextAt,
    isDate: dates.some(({ start, end }) => index >= start && index < end),
    forms: new Set(spoken.flatMap((language) => [...analyze(word, language).keys()])),
  }));
  const measuring = new Set([...question.matchAll(measures)].map(([, word]) => word?.toLowerCase()));
  const spelling = readSpelling(sentences);
  const tellsNames = !languages.some((language) => capitalNouns.has(language));
  return terms.map(({ terms: forms, idf }) => {
    const found = typed.find((one) => forms.some((form) => one.forms.has(form)));
    const lower = found?.word.toLowerCase() ?? '';
    const isVague = vague.has(lower);
    const isDate = found?.isDate ?? (dates.length > 0 && forms.some((form) => findDates(form).length > 0));
    const isName = !isVague && !isDate && found !== undefined && (found.isContext || (tellsNames && isNameWord(found.word, found.i, spelling)));
    const isMeasure = measuring.has(lower);
    const share = isDate ? dateShare : isName ? nameShare : isVague ? vagueShare : 1;
    return { forms, word: found?.word, idf, weight: idf * share, isName, isVague, isMeasure, isDate };
  });
}

/** The index terms of the words of a question that only ask how much there is of something. */
export function measureTerms(question: string): Set<string> {
  return new Set([...question.matchAll(measures)].flatMap(([, word]) => [...analyze(word ?? '', 'en').keys()]));
}

/** Every term of the question alike, for a result that does not say what they weigh. */
function plainTerms(question: string, languages: readonly string[]): QuestionTerm[] {
  const terms = new Set(languages.flatMap((language) => [...analyze(question, language).keys()]));
  return [...terms].map((term) => ({ terms: [term], idf: 1 }));
}

/** How often each word stands within the sentences with a capital and without; first words say nothing. */
function readSpelling(sentences: readonly string[]): Map<string, { capital: number; lower: number }> {
  const spelling = new Map<string, { capital: number; lower: number }>();
  for (const sentence of sentences) {
    for (const [i, word] of (sentence.match(words) ?? []).entries()) {
      if (i === 0) continue;
      const key = word.toLowerCase();
      const count = spelling.get(key) ?? { capital: 0, lower: 0 };
      if (word !== key) count.capital += 1;
      else count.lower += 1;
      spelling.set(key, count);
    }
  }
  return spelling;
}

function isNameWord(word: string, place: number, spelling: ReadonlyMap<string, { capital: number; lower: number }>): boolean {
  if (/\p{N}/u.test(word) || word.length < 2) return false;
  const seen = spelling.get(word.toLowerCase());
  if (seen !== undefined) return seen.capital > 0 && seen.lower === 0;
  return place > 0 && /^\p{Lu}/u.test(word);
}
