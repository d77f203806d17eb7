import type { Doubt, Verification } from '../answer/answer-types.ts';
import type { Embedder } from '../embed/embedder.ts';
import { findExactSupport } from './find-exact-support.ts';
import { judgeClaim, type JudgedClause } from './judge-claim.ts';
import { preparePassage, type CitablePassage, type PreparedPassage } from './prepare-passage.ts';
import { bareClaim, weighClaim, type WeightedToken } from './read-claim.ts';
import { readTokens } from './read-tokens.ts';
import { createWindow, type SourceWindow } from './source-window.ts';
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
/** The best few sentences of all passages, and of those cited, are looked at closely. */
const looked = { all: 4, cited: 2 };
const nearBest = 0.08;
const citedBonus = 0.04;
/** Weight of a part of a sentence below which it is judged together with the part before. */
const leastPart = 1.6;
/** Share of a sentence's weight that must be supported for the rest to be only an addition. */
const coreShare = 0.35;
const partialCoverage = 0.6;
const hereCoverage = 0.55;

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

function checkClaim(claim: string, passages: readonly PreparedPassage[], cited: readonly number[], options: CheckOptions): CheckedSentence {
  const exact = findExactSupport(claim, passages);
  if (exact !== undefined) return exact;
  const language = passages[0]?.language ?? 'und';
  const asked = new Set(options.question === undefined ? [] : readTokens(options.question, language).map(({ term }) => term).filter(Boolean));
  const tokens = weighClaim(claim, language, passages, asked).slice(0, maxTokens);
  if (tokens.every(({ weight }) => weight === 0)) return { verification: 'unsupported', doubt: 'nothing-near', supports: [] };
  return judgeTokens(tokens, passages, cited, nearnessOf(options.embedder));
}

function nearnessOf(embedder: Embedder | undefined): WordNearness | undefined {
  if (embedder === undefined) return undefined;
  if (!nearnesses.has(embedder)) nearnesses.set(embedder, createWordNearness(embedder));
  return nearnesses.get(embedder);
}

function judgeTokens(claim: readonly WeightedToken[], passages: readonly PreparedPassage[], cited: readonly number[], nearness: WordNearness | undefined): CheckedSentence {
  const parts = splitParts(claim);
  const whole = [claim.map((_, i) => i)];
  const tried = windowsFor(claim, passages, cited).map((window) => judgeWindow(window));
  const best = pickBest(tried, cited);
  if (best === undefined) return { verification: 'unsupported', doubt: 'nothing-near', supports: [] };
  const judged = parts.length === 1 ? best.whole : best.parts.map((part) => (part.level === 'supported' || isContradictedHere(part) ? part : betterElsewhere(part)));
  return conclude(judged, best.whole);

  function judgeWindow(window: SourceWindow): { whole: JudgedClause[]; parts: JudgedClause[]; coverage: number } {
    const judgedWhole = judgeClaim(claim, whole, window, passages, nearness);
    const judgedParts = parts.length === 1 ? judgedWhole : judgeClaim(claim, parts, window, passages, nearness);
    return { whole: judgedWhole, parts: judgedParts, coverage: judgedWhole[0]?.coverage ?? 0 };
  }

  /** A sentence may join what stands in different places: a part that is whole elsewhere is supported from there. */
  function betterElsewhere(part: JudgedClause): JudgedClause {
    const own = claim.map((token, i) => (part.places.includes(i) ? token : { ...token, weight: 0, term: '' }));
    for (const window of windowsFor(own, passages, cited)) {
      const [other] = judgeClaim(own, [part.places], window, passages, nearness);
      if (other?.level === 'supported' && part.weight >= leastPart) return other;
    }
    return part;
  }
}

/** The part speaks of what stands here, and says it otherwise. */
function isContradictedHere({ level, coverage }: JudgedClause): boolean {
  return level === 'contradicted' && coverage >= hereCoverage;
}

/** Windows worth a close look: around the sentences that share most of the claim's weight. */
function windowsFor(claim: readonly WeightedToken[], passages: readonly PreparedPassage[], cited: readonly number[]): SourceWindow[] {
  const ranked: { source: PreparedPassage; place: number; score: number }[] = [];
  for (const source of passages) {
    const own: typeof ranked = [];
    for (const [place, { terms }] of source.sentences.entries()) {
      let score = 0;
      for (const { term, weight } of claim) if (weight > 0 && terms.has(term)) score += weight;
      if (score > 0) own.push({ source, place, score });
    }
    own.sort((a, b) => b.score - a.score);
    ranked.push(...own.slice(0, looked.all));
  }
  ranked.sort((a, b) => b.score - a.score);
  const ofCited = ranked.filter(({ source }) => cited.includes(source.passage.number)).slice(0, looked.cited);
  const chosen = new Set([...ranked.slice(0, looked.all), ...ofCited]);
  return [...chosen].flatMap(({ source, place }) => {
    const windows = [createWindow(source, place, place, place)];
    if (place + 1 < source.sentences.length) windows.push(createWindow(source, place, place + 1, place));
    if (place > 0) windows.push(createWindow(source, place - 1, place, place));
    return windows;
  });
}

type Tried = { whole: JudgedClause[]; parts: JudgedClause[]; coverage: number };

const ranks = { supported: 3, partial: 2, absent: 1, contradicted: 0 };

/** The window with the highest coverage, or, among those close to it, the one that speaks best for the claim; shorter first. */
function pickBest(tried: readonly Tried[], cited: readonly number[]): Tried | undefined {
  const scoreOf = (one: Tried) => one.coverage + (cited.includes(one.whole[0]?.window.source.passage.number ?? -1) ? citedBonus : 0);
  const top = Math.max(...tried.map(scoreOf));
  const close = tried.filter((one) => scoreOf(one) >= top - nearBest);
  const rankOf = (one: Tried) => ranks[one.whole[0]?.level ?? 'absent'];
  return close.sort((a, b) => rankOf(b) - rankOf(a) || scoreOf(b) - scoreOf(a))[0];
}

/** The claim's clauses as parts of enough weight to be judged alone. */
function splitParts(claim: readonly WeightedToken[]): number[][] {
  const parts: number[][] = [];
  let [part, weight, clause]: [number[], number, number] = [[], 0, 0];
  for (const [i, token] of claim.entries()) {
    if (token.clause !== clause && weight >= leastPart) {
      parts.push(part);
      [part, weight] = [[], 0];
    }
    clause = token.clause;
    part.push(i);
    weight += token.weight;
  }
  const last = parts.at(-1);
  if (weight < leastPart && last !== undefined) last.push(...part);
  else parts.push(part);
  return parts;
}

function conclude(parts: readonly JudgedClause[], whole: readonly JudgedClause[]): CheckedSentence {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const shareOf = (level: JudgedClause['level']) => parts.reduce((sum, part) => sum + (part.level === level ? part.weight : 0), 0) / total;
  const supports = supportsOf(parts);
  const contradicted = parts.find(({ level }) => level === 'contradicted') ?? whole.find(({ level, window }) => level === 'contradicted' && parts.every((part) => part.window === window));
  if (contradicted !== undefined) return { verification: 'unsupported', doubt: contradicted.doubt ?? 'other-words', supports };
  if (parts.every(({ level }) => level === 'supported')) return { verification: 'verified', supports };
  const doubt = parts.find(({ level, doubt: own }) => level !== 'supported' && own !== undefined)?.doubt ?? 'other-words';
  const coverage = parts.reduce((sum, part) => sum + part.coverage * part.weight, 0) / total;
  if (shareOf('supported') >= coreShare || (coverage >= partialCoverage && shareOf('absent') < 0.5)) return { verification: 'partly', doubt: doubt === 'nothing-near' ? 'other-words' : doubt, supports };
  return { verification: 'unsupported', doubt: coverage < 0.35 ? 'nothing-near' : doubt, supports: coverage < 0.35 ? [] : supports };
}

/** The sentences that the parts were found in, each once; only what was aligned to. */
function supportsOf(parts: readonly JudgedClause[]): Support[] {
  const supports: Support[] = [];
  for (const { places, alignment, window } of parts.toSorted((a, b) => b.coverage * b.weight - a.coverage * a.weight)) {
    const met = new Set(places.flatMap((i) => window.sentenceOf[alignment.at[i] ?? -1] ?? []));
    for (let place = window.first; place <= window.last; place += 1) {
      const sentence = window.source.sentences[place];
      if (sentence === undefined || (!met.has(place) && place !== window.main)) continue;
      const { number } = window.source.passage;
      if (!supports.some((known) => known.number === number && known.start === sentence.start)) supports.push({ number, start: sentence.start, end: sentence.end });
    }
  }
  return supports;
}
