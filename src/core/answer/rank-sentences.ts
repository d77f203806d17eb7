import type { Embedder } from '../embed/embedder.ts';
import type { DocumentId } from '../ids.ts';
import { analyze } from '../language/analyze-text.ts';
import { findDates, isSameDate, type DateMention } from '../language/find-dates.ts';
import type { RankedPassage, SearchResult } from '../search/search-types.ts';
import { readAskedTerms, type AskedTerm } from './asked-terms.ts';
import { kindAskedFor, type AskedKind } from './kind-asked-for.ts';
import { measureBy, type SentenceMeasure } from './measure-sentences.ts';
import { createTermMatcher, type TermMatch, type TermMatcher } from './match-terms.ts';
import { findCandidates, type SentenceCandidate } from './sentence-candidates.ts';
import { sharePairs, termSequence } from './share-pairs.ts';
import { isRecord } from './split-sentences.ts';
import { topicOf } from './topic-of.ts';

export type RankedSentence = SentenceCandidate & {
  ranked: RankedPassage;
  /** Place of the passage among the results, from 0. */
  rank: number;
  text: string;
  terms: ReadonlySet<string>;
  /** Share of what the question's terms count for that the sentence holds, 0..1. */
  overlap: number;
  /** The same term by term: place of the term in the question to its share. */
  matched: ReadonlyMap<number, number>;
  /** The overlap, with what stands in the sentence's heading and column and beside it counted in part, 0..1. */
  covered: number;
  /** The same of the terms that are neither names nor what the document is about as a whole; 1 where there are none. */
  content: number;
  /** Whether it names years, or as a row of a table dates, and none of those the question asks for. */
  isOtherTime: boolean;
  /** How well it, or what it stands under, has the word that a question for yes or no turns on (`Does she smoke?`), 0..1; 1 for other questions. */
  focus: number;
  /** Share of the question's names that stand in its document; 1 where there are none. */
  names: number;
  /** Cosine to the question, and to the question without its names. */
  cosine: number;
  closeness: number;
  score: number;
};

/** Passages that sentences are taken from; the first five hold the answer nearly always. */
const passagesRead = 5;
/** Measured on XQuAD and the labelled set of this repository; `decisions.md` has the figures. */
const weights = { overlap: 1, fused: 2, type: 0.2, fragment: -0.2, otherTime: -0.2, pairs: 0.15, exact: 0.05 };
/** What a question term counts for that stands not in the sentence but in its heading, its column or the question before it. */
const contextShare = 0.6;
/** The same for the sentences beside it, and for a close word instead of the term itself. */
const neighbourShare = 0.5;
/** And for the kind of thing asked for (`kg`) instead of the word that names it (`heavy`). */
const kindShare = 0.6;
/** `3.2 ` is no figure of the sentence it numbers. */
const clauseNumber = /^\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s+(?=\p{L})/u;
/** What the closeness to the question without its names counts for beside that to the whole. */
const bareShare = 0.9;
const titles = /^(?:mr|mrs|ms|dr|prof)$/iu;
/** What a term counts for in a document that is about it. */
const topicShare = 0.3;

/** English only: in other languages there are no close words to know by. German `was` asks for a thing. */
const asksYesOrNo =
  /^\s*(?:is|are|was(?!\s+(?:ist|sind|war|hat|muss|kann|darf|wird|bedeutet|kostet)\b)|were|do|does|did|can|could|may|must|should|will|would|has|have|had)\s/iu;

type Found = SentenceCandidate & { ranked: RankedPassage; rank: number; text: string };

/**
 * The quotable sentences of the first passages, best first: overlap with the question + 0.6 cosine + 2 times the passage's
 * fused score, and 0.2 where it holds the kind of thing that is asked for. Names, and what the whole document is about,
 * count less than what is asked about them. Errors: those of the embedder.
 */
export async function rankSentences(question: string, result: SearchResult, embedder: Embedder, signal?: AbortSignal): Promise<RankedSentence[]> {
  return (await rankSentencesBy(measureBy(embedder), question, result, embedder, signal)) ?? [];
}

/** The same with cosines from elsewhere, words still compared by `embedder`; `undefined` where `measure` gives none. */
export async function rankSentencesBy(
  measure: SentenceMeasure, question: string, result: SearchResult, embedder: Embedder, signal?: AbortSignal,
): Promise<RankedSentence[] | undefined> {
  const passages = result.passages.slice(0, passagesRead);
  const found = passages.flatMap((ranked, rank) =>
    findCandidates(ranked.passage).map((candidate): Found => ({ ...candidate, ranked, rank, text: ranked.passage.text.slice(candidate.start, candidate.end) })),
  );
  if (found.length === 0) return [];
  // Cells begin with a capital whatever they say, so rows of tables do not tell names.
  const asked = readAskedTerms(question, result, passages, found.filter(({ block }) => block.kind !== 'table-row').map(({ text }) => text));
  const sentences = found.map(({ text, block }) => withHeader(text, block.header));
  const language = passages[0]?.document.language ?? 'und';
  const measured = await measure({ question, bare: bareOf(question, asked), sentences, language }, signal);
  if (measured === undefined) return undefined;
  const knowsLanguage = language === 'und' || (embedder.languages?.includes(language) ?? true);
  const matcher = createTermMatcher(asked, found.flatMap(({ text, context }) => [text, ...context]), embedder, knowsLanguage);
  const scored = scoreSentences(question, found, asked, matcher, knowsLanguage).map((sentence, i) => {
    const [cosine, closeness] = [measured.cosines[i] as number, measured.closeness[i] as number];
    return { ...sentence, cosine, closeness, score: sentence.score + measured.weight * (bareShare * closeness + (1 - bareShare) * cosine) };
  });
  return scored.sort((a, b) => b.score - a.score || a.rank - b.rank || a.start - b.start);
}

/** All of the score but the cosine. */
function scoreSentences(question: string, found: readonly Found[], asked: readonly AskedTerm[], matcher: TermMatcher, knowsLanguage: boolean): Omit<RankedSentence, 'cosine' | 'closeness'>[] {
  const kind = kindAskedFor(question);
  const time: AskedTime = { years: yearsIn(question), dates: findDates(question) };
  const vague = new Set(asked.filter(({ isVague }) => isVague).map(({ word }) => word));
  const telling = withoutWords(question, vague);
  const pairsIn = ({ text, ranked: { document: { language } } }: Found) => sharePairs(termSequence(telling, language), termSequence(text, language));
  const terms = found.map(({ text, ranked }) => new Set(analyze(text, ranked.document.language).keys()));
  const matches = found.map(({ text }, i) => matcher(text, terms[i] as Set<string>));
  const topics = topicOf(found, matches, asked);
  const focus = knowsLanguage && asksYesOrNo.test(question) ? focusOf(asked, topics) : undefined;
  const names = namesByDocument(found, matches, asked, topics);
  const named = Math.max(...names.values());
  return found.map((candidate, i) => {
    const { text, context, ranked } = candidate;
    const isKind = kind.isIn(text.replace(clauseNumber, ''));
    const topic = topics.get(ranked.document.id) ?? new Set<number>();
    const counts = countsFor(asked, topic);
    const own = withDates(matches[i] as TermMatch, asked, time, text);
    const match = isKind ? withKind(own, asked, kind) : own;
    const matched = sharesOf(match, counts);
    const overlap = sumOf(matched);
    const isOtherTime = isOfOtherTime(time, candidate);
    const around = context.map((part) => matcher(part, new Set(analyze(part, ranked.document.language).keys())));
    const support = overlap + sumOf(sharesOf(gainOver(match, around), counts)) * contextShare;
    const beside = [i - 1, i + 1].filter((j) => found[j]?.ranked === ranked).map((j) => matches[j] as TermMatch);
    const gain = gainOver(match, [...around, ...beside]);
    const covered = overlap + sumOf(sharesOf(gain, counts)) * neighbourShare;
    const contentCounts = counts.map((count, term) => (asked[term]?.isName || asked[term]?.isVague || asked[term]?.isDate || topic.has(term) ? 0 : count));
    const known = names.get(ranked.document.id) ?? 1;
    const content = isOtherTime || (known === 0 && named > 0) ? 0 : contentCounts.every((count) => count === 0) ? 1 : sumOf(sharesOf(match, contentCounts)) + sumOf(sharesOf(gain, contentCounts)) * neighbourShare;
    const score = weights.overlap * support + weights.fused * ranked.fused + (isKind ? weights.type : 0) + (candidate.isFragment ? weights.fragment : 0) + (isOtherTime ? weights.otherTime : 0) + weights.pairs * pairsIn(candidate) + weights.exact * shareExact(asked, text);
    return { ...candidate, terms: terms[i] as Set<string>, overlap, matched, covered, content, focus: focus === undefined ? 1 : Math.max(0, ...[match, ...around].map((one) => one.get(focus) ?? 0)), names: known, isOtherTime, score };
  });
}

/** The rarest word of what is asked, names and what the documents are about left out; undefined where nothing is left. */
function focusOf(asked: readonly AskedTerm[], topics: ReadonlyMap<DocumentId, ReadonlySet<number>>): number | undefined {
  const isTopic = (term: number) => [...topics.values()].some((topic) => topic.has(term));
  const telling = asked.flatMap(({ isName, isVague, isMeasure, isDate }, term) => (isName || isVague || isMeasure || isDate || isTopic(term) ? [] : [term]));
  return telling.sort((a, b) => (asked[b]?.idf ?? 0) - (asked[a]?.idf ?? 0))[0];
}

/** Share of the question's words that stand in a sentence as they are, not only with another ending (`founded`, `founding`). */
function shareExact(asked: readonly AskedTerm[], text: string): number {
  const lower = text.toLowerCase();
  const typed = asked.flatMap(({ word, isMeasure }) => (word === undefined || isMeasure ? [] : [word.toLowerCase()]));
  return typed.length === 0 ? 0 : typed.filter((word) => lower.includes(word)).length / typed.length;
}

function yearsIn(text: string): string[] {
  return text.match(/(?<!\p{N})(?:1[5-9]|20)\d\d(?!\p{N})/gu) ?? [];
}

type AskedTime = { years: readonly string[]; dates: readonly DateMention[] };

/** A sentence that names years, and none of those asked for, tells of another time; so does a row of a table with dates. */
function isOfOtherTime({ years, dates }: AskedTime, { text, block }: Found): boolean {
  const named = years.length === 0 ? [] : yearsIn(text);
  if (named.length > 0 && !named.some((year) => years.includes(year))) return true;
  if (dates.length === 0 || !(block.kind === 'table-row' || isRecord(text))) return false;
  const own = findDates(text);
  return own.length > 0 && !own.some((date) => dates.some((other) => isSameDate(date, other)));
}

/** A sentence that has a date asked for has all of its parts, however it is written; one with other dates has none of them. */
function withDates(match: TermMatch, asked: readonly AskedTerm[], { dates }: AskedTime, text: string): TermMatch {
  const own = dates.length === 0 ? [] : findDates(text);
  if (own.length === 0) return match;
  const isSame = own.some((date) => dates.some((other) => isSameDate(date, other)));
  return new Map([...match].filter(([term]) => !asked[term]?.isDate).concat(isSame ? asked.flatMap(({ isDate }, term): [number, number][] => (isDate ? [[term, 1]] : [])) : []));
}

/** For each document the share of the question's names that stand in its title or in what was found of it. */
function namesByDocument(found: readonly Found[], matches: readonly TermMatch[], asked: readonly AskedTerm[], topics: ReadonlyMap<DocumentId, ReadonlySet<number>>): Map<DocumentId, number> {
  const names = asked.flatMap(({ isName }, term) => (isName ? [term] : []));
  const shareIn = (id: DocumentId, topic: ReadonlySet<number>) => {
    const own = matches.filter((_, i) => found[i]?.ranked.document.id === id);
    return names.length === 0 ? 1 : names.filter((term) => topic.has(term) || own.some((match) => match.get(term) === 1)).length / names.length;
  };
  return new Map([...topics].map(([id, topic]) => [id, shareIn(id, topic)]));
}

/** The question without its names: what is asked about them is what a sentence must be close to. None where nothing is left. */
function bareOf(question: string, asked: readonly AskedTerm[]): string | undefined {
  const names = new Set(asked.filter(({ isName, word }) => isName || titles.test(word ?? '')).map(({ word }) => word));
  if (names.size === 0 || asked.every(({ isName, isMeasure }) => isName || isMeasure)) return undefined;
  return withoutWords(question, names);
}

function withoutWords(question: string, words: ReadonlySet<string | undefined>): string {
  return question.replace(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu, (word) => (words.has(word) ? '' : word));
}

function withHeader(text: string, header: string | undefined): string {
  return header === undefined ? text : `${header}\n${text}`;
}

/** What each term counts for in a document about `topic`. */
function countsFor(asked: readonly AskedTerm[], topic: ReadonlySet<number>): number[] {
  return asked.map(({ idf, weight, isMeasure }, i) => (isMeasure ? 0 : topic.has(i) ? Math.min(weight, idf * topicShare) : weight));
}

/** A sentence that has a thing of the kind asked for has the words that name the kind, nearly. */
function withKind(match: TermMatch, asked: readonly AskedTerm[], kind: AskedKind): TermMatch {
  const named = asked.flatMap(({ word }, i) => (word !== undefined && kind.isNamedBy(word) ? [[i, Math.min(1, (match.get(i) ?? 0) + kindShare)] as const] : []));
  return named.length === 0 ? match : new Map([...match, ...named]);
}

function gainOver(own: TermMatch, others: readonly TermMatch[]): TermMatch {
  const gain = new Map<number, number>();
  for (const other of others) {
    for (const [term, closeness] of other) {
      const more = closeness - (own.get(term) ?? 0);
      if (more > (gain.get(term) ?? 0)) gain.set(term, more);
    }
  }
  return gain;
}

function sharesOf(match: TermMatch, counts: readonly number[]): Map<number, number> {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const shares = new Map<number, number>();
  for (const [term, closeness] of match) if (all > 0) shares.set(term, (closeness * (counts[term] as number)) / all);
  return shares;
}

function sumOf(shares: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const share of shares.values()) sum += share;
  return sum;
}
