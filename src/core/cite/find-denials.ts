import type { Conflict, JudgedPart } from './find-conflicts.ts';
import type { ClaimToken } from './read-tokens.ts';

const scopeWords = 4;
const beforeWords = 1;
const untilWords = new Set(['until', 'till', 'bis', 'hasta']);
const passiveMarks = new Set(['by', 'von', 'durch', 'por', '被', '由']);

/**
 * Where claim and source say the contrary: one denies what the other says, or has its opposite. A denial that meets an
 * opposite (`did not lose`, `won`) is none. `before` and `after` may change with the order of what they join.
 */
export function findDenialConflicts(part: JudgedPart): Conflict[] {
  const { claim, places, alignment, window } = part;
  const denied = { claim: deniedPlaces(claim), source: deniedPlaces(window.tokens) };
  const conflicts: Conflict[] = [];
  const inPart = new Set(places);
  const isOdd = (i: number) => {
    const at = alignment.at[i] ?? -1;
    return (denied.claim.has(i) ? 1 : 0) ^ (denied.source.has(at) ? 1 : 0) ^ (alignment.isOpposite[i] ?? 0);
  };
  const isAligned = (i: number) => (alignment.at[i] ?? -1) >= 0 && (claim[i]?.kind === 'word' || claim[i]?.kind === 'gram');
  for (const i of places) {
    if (alignment.isOpposite[i] === 1 && isAligned(i) && isOdd(i) === 1 && !isTurned(part, i)) conflicts.push({ doubt: 'negation', token: i, isContrary: true });
  }
  for (const scope of scopesOf(claim)) {
    const met = scope.filter((i) => inPart.has(i) && isAligned(i));
    if (met.length > 0 && met.every((i) => isOdd(i) === 1)) conflicts.push({ doubt: 'negation', token: met[0] ?? 0, isContrary: true });
  }
  const claimOf = new Map(places.filter(isAligned).map((i) => [alignment.at[i] ?? -1, i]));
  for (const scope of scopesOf(window.tokens)) {
    const head = claimOf.get(scope[0] ?? -1);
    const met = scope.flatMap((j) => claimOf.get(j) ?? []);
    const isCore = head !== undefined || met.length * 2 >= scope.length;
    if (isCore && met.length > 0 && met.every((i) => isOdd(i) === 1)) conflicts.push({ doubt: 'negation', token: met[0] ?? 0, isContrary: true });
  }
  return conflicts;
}

/** For each denial the content words it denies, the one it denies first of all in front. */
function scopesOf(tokens: readonly ClaimToken[]): number[][] {
  const scopes: number[][] = [];
  for (const [i, token] of tokens.entries()) {
    if (!token.isDenial || isUntil(tokens, i)) continue;
    const scope: number[] = [];
    for (let j = i + 1; j < tokens.length && scope.length < scopeWords && tokens[j]?.clause === token.clause; j += 1) {
      if (tokens[j]?.isDenial === true) break;
      if (tokens[j]?.term !== '') scope.push(j);
    }
    let before = 0;
    for (let j = i - 1; j >= 0 && before < beforeWords && tokens[j]?.clause === token.clause; j -= 1) {
      if (tokens[j]?.term === '') continue;
      scope.push(j);
      before += 1;
    }
    scopes.push(scope);
  }
  return scopes;
}

/** `not until 1850` says from when on, and denies nothing. */
function isUntil(tokens: readonly ClaimToken[], i: number): boolean {
  return tokens.slice(i + 1, i + 10).some(({ text, clause }) => clause === tokens[i]?.clause && untilWords.has(text));
}

function deniedPlaces(tokens: readonly ClaimToken[]): Set<number> {
  const denied = new Set<number>();
  for (const scope of scopesOf(tokens)) for (const i of scope) denied.add(i);
  return denied;
}

/** What stood before an opposite word in the source stands behind it in the claim: `A before B`, `B after A`. */
function isTurned({ claim, alignment }: JudgedPart, i: number): boolean {
  const own = alignment.at[i] ?? -1;
  if (!/^(?:before|after|above|below|over|under|north|south|east|west|more|less|larger|smaller|higher|lower|older|younger)$/u.test(claim[i]?.text ?? '')) return false;
  const sides = (from: number, to: number) => {
    let [left, right] = [0, 0];
    for (let k = from; k < to; k += 1) {
      const at = alignment.at[k] ?? -1;
      if (at < 0 || k === i) continue;
      if (at < own) left += 1;
      else right += 1;
    }
    return { left, right };
  };
  const [before, after] = [sides(0, i), sides(i + 1, claim.length)];
  return before.right > before.left && after.left > after.right;
}

const prepositions = new Set('of in on at from to for with between through over under into near after before about against as during among von in an auf aus mit zu bei nach für de en con para desde a entre'.split(' '));
const skipped = new Set('the a an its their his her both der die das den dem el la los las'.split(' '));
const pivots = new Set(['than', 'before', 'after', 'als']);

/**
 * Who did what to whom turned round: two names on other sides of the same verb, with no passive to account for it; or what
 * is compared, on the other side of `than` or `before`.
 */
export function findTurnedRoles(part: JudgedPart): Conflict[] {
  const { claim, places, alignment, window } = part;
  const atOf = (k: number) => alignment.at[k] ?? -1;
  const names = places.filter((i) => claim[i]?.isName === true && atOf(i) >= 0 && isArgument(claim, i) && isArgument(window.tokens, atOf(i)));
  for (const [n, a] of names.entries()) {
    for (const b of names.slice(n + 1)) {
      if (atOf(a) <= atOf(b) || window.sentenceOf[atOf(a)] !== window.sentenceOf[atOf(b)]) continue;
      const between = places.filter((k) => k > a && k < b && claim[k]?.isName === false && (claim[k]?.weight ?? 0) > 0.4 && claim[k]?.kind === 'word');
      const shared = between.filter((k) => atOf(k) > atOf(b) && atOf(k) < atOf(a));
      if (shared.length === 0 || shared.length < between.length / 2) continue;
      const isPassive = (tokens: readonly ClaimToken[], from: number, to: number) => tokens.slice(from, to).some(({ text }) => passiveMarks.has(text));
      if (isPassive(claim, a, b) === isPassive(window.tokens, atOf(b), atOf(a))) return [{ doubt: 'other-words', token: a, isContrary: true }];
    }
  }
  return findTurnedComparison(part);
}

/** Not behind a preposition: it does or suffers what the verb says. */
function isArgument(tokens: readonly ClaimToken[], i: number): boolean {
  let k = i - 1;
  while (k >= 0 && (tokens[k]?.isCapital === true || skipped.has(tokens[k]?.text ?? ''))) k -= 1;
  return k < 0 || !prepositions.has(tokens[k]?.text ?? '');
}

/** `more on A than on B` of `more on B than on A`. */
function findTurnedComparison({ claim, places, alignment, window }: JudgedPart): Conflict[] {
  const pivot = places.find((i) => pivots.has(claim[i]?.text ?? ''));
  const clause = claim[pivot ?? -1]?.clause;
  if (pivot === undefined) return [];
  const aligned = places.filter((i) => claim[i]?.clause === clause && (alignment.at[i] ?? -1) >= 0 && (claim[i]?.weight ?? 0) >= 0.4);
  const turned = window.tokens.findIndex(({ text }) => text === claim[pivot]?.text);
  if (turned < 0 || aligned.some((i) => alignment.isOpposite[i] === 1)) return [];
  const behind = aligned.filter((i) => i > pivot);
  // What stands before the first compared thing (`focuses more`) stays where it is.
  const crossed = behind.length > 0 && behind.every((i) => (alignment.at[i] ?? -1) < turned) && aligned.some((i) => i < pivot && (alignment.at[i] ?? -1) > turned);
  return crossed ? [{ doubt: 'other-words', token: behind[0] ?? 0, isContrary: true }] : [];
}
