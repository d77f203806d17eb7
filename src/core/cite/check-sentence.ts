import type { Doubt, Verification } from '../answer/answer-types.ts';
import type { Embedder } from '../embed/embedder.ts';
import { checkByAlignment } from './check-by-alignment.ts';
import { findExactSupport } from './find-exact-support.ts';
import { preparePassage, type CitablePassage, type PreparedPassage } from './prepare-passage.ts';
import { bareClaim, weighClaim } from './read-claim.ts';
import { readTokens } from './read-tokens.ts';
import { createWordNearness, type WordNearness } from './word-nearness.ts';

export type { CitablePassage };

/** A span of a passage's text, UTF-16. */
export type Support = { number: number; start: number; end: number };

export type CheckedSentence = {
  verification: Verification;
  /** Why it is not verified. */
  doubt?: Doubt;
  /** Best first; none where nothing comes near. */
  supports: Support[];
  /** The numbers that the sentence gave, where none of them names a passage that supports it and another does. */
  repairedFrom?: number[];
};

export type CheckOptions = {
  /** Numbers the sentence was given, besides the marks in its text. */
  cited?: readonly number[];
  /** What was asked: its words are not held against a sentence that repeats them. */
  question?: string;
  /** Knows synonyms, where it knows single words. */
  embedder?: Embedder;
};

const maxSentenceCharacters = 2000;
const maxTokens = 200;
const marks = /[[【]\s?\^?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\s?[\]】]/gu;
const nearnesses = new WeakMap<Embedder, WordNearness | undefined>();
/**
 * Whether passages say what a sentence says, without a model: first word for word, then by aligning its words to the best
 * one or two sentences and holding numbers, dates, names and denials to what stands there. `verified`: all of it stands
 * there; `partly`: its core does, and something more is said; `unsupported`: a source says otherwise, or none comes near.
 * Marks `[n]` in the sentence are read; a wrong one is put right. Never throws. Time is bounded: only the first 2,000
 * characters of a sentence and 20,000 of a passage are read, and a longer sentence is at most `partly`.
 */
export function checkSentence(sentence: string, passages: readonly CitablePassage[], options: CheckOptions = {}): CheckedSentence {
  const cited = [...new Set([...readMarks(sentence), ...(options.cited ?? [])])];
  const ordered = [...passages.filter(({ number }) => cited.includes(number)), ...passages.filter(({ number }) => !cited.includes(number))];
  const claim = bareClaim(sentence.slice(0, maxSentenceCharacters));
  const checked = withoutTail(checkClaim(claim, ordered.map(preparePassage), cited, options), sentence);
  return repair(checked, cited, passages);
}

/** The numbers in a text's marks `[1]`, `[2, 3]`, `[1-3]`. */
export function readMarks(text: string): number[] {
  return [...text.matchAll(marks)].flatMap(([, list = '']) => {
    const [from, to] = list.split(/[–-]/u).map(Number);
    if (from !== undefined && to !== undefined && to >= from && to - from < 10) return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    return list.split(/[,;–-]/u).map(Number);
  });
}

function withoutTail(checked: CheckedSentence, sentence: string): CheckedSentence {
  if (sentence.length <= maxSentenceCharacters || checked.verification !== 'verified') return checked;
  return { ...checked, verification: 'partly', doubt: 'other-words' };
}

function repair(checked: CheckedSentence, cited: readonly number[], passages: readonly CitablePassage[]): CheckedSentence {
  if (cited.length === 0 || checked.verification === 'unsupported' || checked.supports.some(({ number }) => cited.includes(number))) return checked;
  return passages.length === 0 ? checked : { ...checked, repairedFrom: [...cited] };
}

const best: Record<Verification, number> = { verified: 2, partly: 1, unsupported: 0 };

/** Passages of each language are asked by themselves, since stems are made by language; the first that says most counts. */
function checkClaim(claim: string, passages: readonly PreparedPassage[], cited: readonly number[], options: CheckOptions): CheckedSentence {
  const languages = [...new Set(passages.map(({ language }) => language))];
  const found = languages.map((language) => checkIn(language, claim, passages.filter((one) => one.language === language), cited, options));
  return found.sort((a, b) => best[b.verification] - best[a.verification] || b.supports.length - a.supports.length)[0] ?? { verification: 'unsupported', doubt: 'nothing-near', supports: [] };
}

function checkIn(language: string, claim: string, passages: readonly PreparedPassage[], cited: readonly number[], options: CheckOptions): CheckedSentence {
  const asked = new Set(options.question === undefined ? [] : readTokens(options.question, language).map(({ term }) => term).filter(Boolean));
  const tokens = weighClaim(claim, language, passages, asked).slice(0, maxTokens);
  const exact = findExactSupport(claim, tokens, passages);
  if (exact !== undefined) return exact;
  if (tokens.every(({ weight }) => weight === 0)) return { verification: 'unsupported', doubt: 'nothing-near', supports: [] };
  return checkByAlignment({ claim: tokens, passages, cited, nearness: nearnessOf(options.embedder) });
}

function nearnessOf(embedder: Embedder | undefined): WordNearness | undefined {
  if (embedder === undefined) return undefined;
  if (!nearnesses.has(embedder)) nearnesses.set(embedder, createWordNearness(embedder));
  return nearnesses.get(embedder);
}
