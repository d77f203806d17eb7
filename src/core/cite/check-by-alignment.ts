import type { Doubt } from '../answer/answer-types.ts';
import { alignClaim } from './align-claim.ts';
import type { CheckedSentence, Support } from './check-sentence.ts';
import { findWindows, widen } from './find-windows.ts';
import { judgeClause, type JudgedClause } from './judge-claim.ts';
import type { PreparedPassage } from './prepare-passage.ts';
import type { WeightedToken } from './read-claim.ts';
import type { SourceWindow } from './source-window.ts';
import type { WordNearness } from './word-nearness.ts';

const nearBest = 0.08;
const citedBonus = 0.04;
/** Weight of a part of a sentence below which it is judged together with the part before. */
const leastPart = 1.6;
/** Share of a sentence's weight that must be supported for the rest to be only an addition. */
const coreShare = 0.35;
const partialCoverage = 0.6;
const hereCoverage = 0.55;
/** Below this share of its weight nothing comes near a sentence. */
const nearCoverage = 0.35;
const ranks = { supported: 3, partial: 2, absent: 1, contradicted: 0 };

export type AlignRequest = { claim: readonly WeightedToken[]; passages: readonly PreparedPassage[]; cited: readonly number[]; nearness: WordNearness | undefined };

/** Judges a claim by the one or two sentences that come nearest, and each clause that is missing there by those nearest to it. */
export function checkByAlignment(request: AlignRequest): CheckedSentence {
  const { claim } = request;
  const whole = claim.map((_, i) => i);
  const best = findBest(request, whole);
  if (best === undefined) return { verification: 'unsupported', doubt: 'nothing-near', supports: [] };
  const parts = splitParts(claim);
  if (parts.length === 1) return conclude([best], best);
  const judged = parts.map((places) => judgeClause(claim, places, best.window, best.alignment));
  return conclude(judged.map((part) => (part.level === 'supported' || isContradictedHere(part, best) ? part : betterElsewhere(request, part))), best);
}

/** The window with the highest coverage, or, among those close to it, the one that speaks best for the claim; shorter first. */
function findBest({ claim, passages, cited, nearness }: AlignRequest, places: readonly number[]): JudgedClause | undefined {
  const judge = (window: SourceWindow) => judgeClause(claim, places, window, alignClaim(claim, window.tokens, nearness));
  const tried = findWindows(claim, passages, cited).flatMap((window) => {
    const alone = judge(window);
    return alone.level === 'supported' ? [alone] : [alone, ...widen(window, claim, alone.alignment).map(judge)];
  });
  const scoreOf = ({ coverage, window }: JudgedClause) => coverage + (cited.includes(window.source.passage.number) ? citedBonus : 0);
  const disputed = disputedTokens(tried);
  const eligible = tried.filter((one) => one.level === 'contradicted' || has(one, disputed));
  const top = Math.max(0, ...eligible.map(scoreOf));
  const close = eligible.filter((one) => scoreOf(one) >= top - nearBest);
  return close.sort((a, b) => ranks[b.level] - ranks[a.level] || scoreOf(b) - scoreOf(a))[0];
}

/** Names and values that the window with most of the claim has otherwise: only one that has them can speak against it. */
function disputedTokens(tried: readonly JudgedClause[]): number[] {
  const [nearest] = tried.filter(({ level, coverage }) => level === 'contradicted' && coverage >= hereCoverage).sort((a, b) => b.coverage - a.coverage);
  return (nearest?.conflicts ?? []).filter(({ doubt, isContrary }) => isContrary && (doubt === 'name' || doubt === 'number' || doubt === 'date')).map(({ token }) => token);
}

function has({ alignment }: JudgedClause, tokens: readonly number[]): boolean {
  return tokens.every((i) => (alignment.at[i] ?? -1) >= 0);
}

/** A sentence may join what stands in different places: a part that is whole elsewhere is supported from there. */
function betterElsewhere(request: AlignRequest, part: JudgedClause): JudgedClause {
  if (part.weight < leastPart) return part;
  const claim = request.claim.map((token, i) => (part.places.includes(i) ? token : { ...token, weight: 0, term: '' }));
  const other = findBest({ ...request, claim }, part.places);
  return other?.level === 'supported' ? other : part;
}

/** The part, or the sentence as a whole, speaks of what stands here, and the part says it otherwise. */
function isContradictedHere({ level, coverage }: JudgedClause, whole: JudgedClause): boolean {
  return level === 'contradicted' && Math.max(coverage, whole.coverage) >= hereCoverage;
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

function conclude(parts: readonly JudgedClause[], whole: JudgedClause): CheckedSentence {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const shareOf = (level: JudgedClause['level']) => parts.reduce((sum, part) => sum + (part.level === level ? part.weight : 0), 0) / total;
  const supports = supportsOf(parts);
  const contradicted = parts.find(({ level }) => level === 'contradicted') ?? (whole.level === 'contradicted' && parts.every(({ window }) => window === whole.window) ? whole : undefined);
  if (contradicted !== undefined) return { verification: 'unsupported', doubt: contradicted.doubt ?? 'other-words', supports };
  if (parts.every(({ level }) => level === 'supported')) return { verification: 'verified', supports };
  const doubt: Doubt = parts.find(({ level, doubt: own }) => level !== 'supported' && own !== undefined)?.doubt ?? 'other-words';
  const coverage = parts.reduce((sum, part) => sum + part.coverage * part.weight, 0) / total;
  if (shareOf('supported') >= coreShare || (coverage >= partialCoverage && shareOf('absent') < 0.5)) return { verification: 'partly', doubt: doubt === 'nothing-near' ? 'other-words' : doubt, supports };
  return { verification: 'unsupported', doubt: coverage < nearCoverage ? 'nothing-near' : doubt, supports: coverage < nearCoverage ? [] : supports };
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
