import type { ClaimToken } from './read-tokens.ts';
import type { WeightedToken } from './read-claim.ts';
import { isSameToken, matchTokens, type TokenMatch } from './match-tokens.ts';
import { areOpposites, hasOpposite } from './word-relations.ts';
import type { WordNearness } from './word-nearness.ts';

/** For each token of a claim the place of the source token that meets it, or -1, and how well. */
export type Alignment = { at: Int32Array; quality: Float32Array; isOpposite: Uint8Array };

/** So many places nearer than the word itself its opposite must stand to be what the claim turned round. */
const oppositeLead = 3;

/**
 * Aligns a claim's tokens to those of a window of its source: first those that have one place only, then those that have
 * several (the place nearest to what stands beside them), then by meaning. Numbers and dates of the source are used once.
 */
export function alignClaim(claim: readonly WeightedToken[], source: readonly ClaimToken[], nearness: WordNearness | undefined): Alignment {
  const alignment: Alignment = { at: new Int32Array(claim.length).fill(-1), quality: new Float32Array(claim.length), isOpposite: new Uint8Array(claim.length) };
  const used = new Set<number>();
  const places = placesByTerm(source);
  const several: [number, number[]][] = [];
  for (const [i, token] of claim.entries()) {
    if (token.term === '') continue;
    const found = token.kind === 'word' || token.kind === 'gram' ? (places.get(token.term) ?? []) : source.flatMap((other, j) => (isSameToken(token, other) ? [j] : []));
    if (found.length === 1 && isFree(found[0] ?? -1)) take(i, found[0] ?? -1, { quality: 1, isOpposite: false });
    else if (found.length > 1) several.push([i, found]);
  }
  for (const [i, token] of claim.entries()) {
    // The opposite may stand where the claim has a word that its source has elsewhere.
    if (token.kind !== 'word' || !hasOpposite(token.text)) continue;
    const against = [...source.keys()].filter((j) => areOpposites(token.text, source[j]?.text ?? ''));
    const own = alignment.at[i] ?? -1;
    if (against.length === 0 || (own < 0 && !several.some(([k]) => k === i))) continue;
    const expected = expectedPlace(alignment, i);
    const here = own >= 0 ? [own] : (several.find(([k]) => k === i)?.[1] ?? []);
    const gapOf = (places: readonly number[]) => Math.min(...places.map((j) => Math.abs(j - expected)));
    if (gapOf(against) + oppositeLead >= gapOf(here)) continue;
    take(i, against.toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0] ?? -1, { quality: 1, isOpposite: true });
  }
  for (const [i, found] of several) {
    if ((alignment.at[i] ?? -1) >= 0) continue;
    const expected = expectedPlace(alignment, i);
    const best = found.filter(isFree).sort((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0];
    if (best !== undefined) take(i, best, { quality: 1, isOpposite: false });
  }
  for (const [i, token] of claim.entries()) if (token.term !== '' && (alignment.at[i] ?? -1) < 0) takeSoft(i, token);
  return alignment;

  function isFree(j: number): boolean {
    return !used.has(j);
  }

  function take(i: number, j: number, { quality, isOpposite }: TokenMatch): void {
    alignment.at[i] = j;
    alignment.quality[i] = quality;
    alignment.isOpposite[i] = isOpposite ? 1 : 0;
    if (source[j]?.quantity !== undefined) used.add(j);
  }

  function takeSoft(i: number, token: WeightedToken): void {
    const taken = new Set(alignment.at);
    let [best, bestAt, bestScore] = [undefined as TokenMatch | undefined, -1, 0];
    const expected = expectedPlace(alignment, i);
    for (const [j, other] of source.entries()) {
      if (other.term === '' || (taken.has(j) && other.kind !== 'date')) continue;
      const match = matchTokens(token, other, token.isName, nearness);
      const score = match.quality - 0.002 * Math.min(50, Math.abs(j - expected));
      if (match.quality > 0 && score > bestScore) [best, bestAt, bestScore] = [match, j, score];
    }
    if (best !== undefined) take(i, bestAt, best);
  }
}

function placesByTerm(source: readonly ClaimToken[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [j, { term, kind }] of source.entries()) {
    if (term === '' || kind === 'number' || kind === 'date') continue;
    const known = places.get(term);
    if (known === undefined) places.set(term, [j]);
    else known.push(j);
  }
  return places;
}

/** Where a token would stand in the source, by the nearest aligned tokens beside it. */
function expectedPlace({ at }: Alignment, i: number): number {
  for (let step = 1; step < at.length; step += 1) {
    const [before, after] = [at[i - step] ?? -1, at[i + step] ?? -1];
    if (before >= 0) return before + step;
    if (after >= 0) return after - step;
  }
  return 0;
}
