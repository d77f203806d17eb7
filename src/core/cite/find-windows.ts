import type { Alignment } from './align-claim.ts';
import type { PreparedPassage } from './prepare-passage.ts';
import type { WeightedToken } from './read-claim.ts';
import { createWindow, type SourceWindow } from './source-window.ts';

/** The best few sentences of all passages, and of those cited, are looked at closely. */
const looked = { all: 4, cited: 1 };
/** A sentence that shares less of the claim than this part of what the best one does is not. */
const leastShare = 0.4;

/** Single sentences worth a close look: those that share most of the claim's weight, best first. */
export function findWindows(claim: readonly WeightedToken[], passages: readonly PreparedPassage[], cited: readonly number[]): SourceWindow[] {
  const terms = claim.filter(({ weight }) => weight > 0);
  const ranked = passages.flatMap((source) => source.sentences.map((sentence, place) => ({ source, place, score: sharedWeight(terms, sentence.terms) })));
  ranked.sort((a, b) => b.score - a.score);
  const least = (ranked[0]?.score ?? 0) * leastShare;
  const worth = ranked.filter(({ score }) => score > 0 && score >= least);
  const chosen = new Set([...worth.slice(0, looked.all), ...worth.filter(({ source }) => cited.includes(source.passage.number)).slice(0, looked.cited)]);
  return [...chosen].map(({ source, place }) => createWindow(source, place, place, place));
}

function sharedWeight(claim: readonly WeightedToken[], terms: ReadonlySet<string>): number {
  let shared = 0;
  for (const { term, weight } of claim) if (terms.has(term)) shared += weight;
  return shared;
}

/** A sentence together with the one before and the one behind, where they have words of the claim that it lacks. */
export function widen({ source, main }: SourceWindow, claim: readonly WeightedToken[], { at }: Alignment): SourceWindow[] {
  const missing = claim.filter(({ weight }, i) => weight > 0 && (at[i] ?? -1) < 0);
  const adds = (place: number) => missing.some((token) => source.sentences[place]?.terms.has(token.term) === true || hasYear(source, place, token));
  return [
    ...(adds(main + 1) ? [createWindow(source, main, main + 1, main)] : []),
    ...(adds(main - 1) ? [createWindow(source, main - 1, main, main)] : []),
  ];
}

/** Numbers and dates are written in more ways than one. */
function hasYear(source: PreparedPassage, place: number, { kind }: WeightedToken): boolean {
  return (kind === 'number' || kind === 'date') && (source.sentences[place]?.tokens.some((other) => other.kind === 'number' || other.kind === 'date') ?? false);
}
