import { isSameDate } from '../language/find-dates.ts';
import type { ClaimToken } from './read-tokens.ts';
import { areOpposites, hasOpposite } from './word-relations.ts';
import type { WordNearness } from './word-nearness.ts';

/** How a token of a sentence is met by one of its source: 0 not at all, 1 the same; `isOpposite`: it says the contrary. */
export type TokenMatch = { quality: number; isOpposite: boolean };

const none: TokenMatch = { quality: 0, isOpposite: false };
const same: TokenMatch = { quality: 1, isOpposite: false };
/** Weaker than a good synonym, which is looked for first. */
const opposite: TokenMatch = { quality: 0.55, isOpposite: true };
const derived: TokenMatch = { quality: 0.85, isOpposite: false };
const compound: TokenMatch = { quality: 0.7, isOpposite: false };
const leastNear = 0.25;
/** What names of places, peoples and followers end in behind the part they share. */
const nameEnding = /^(?:ish|ese|ians?|vians?|ans?|eans?|ns?|ic|i|ern|ers?|s|ia|land|y|en|e|d|a|isms?|ists?)?$/u;
const sameNames = ['wales welsh', 'france french frenchmen', 'england english', 'scotland scottish scots', 'us u.s usa america american americans states', 'uk british britain', 'spain spanish', 'ireland irish'].map((group) => new Set(group.split(' ')));

/** Whether two tokens are the same as they stand: equal stems, equal values, a day that both can be. */
export function isSameToken(a: ClaimToken, b: ClaimToken): boolean {
  if (a.kind === 'date' || b.kind === 'date') return a.date !== undefined && b.date !== undefined && isSameDay(a.date, b.date);
  if (a.quantity !== undefined || b.quantity !== undefined) return a.quantity !== undefined && b.quantity !== undefined && isSameQuantity(a, b);
  return a.term !== '' && a.term === b.term;
}

/** `isName`: `a` is a name, which only itself and words made of it can meet. */
export function matchTokens(a: ClaimToken, b: ClaimToken, isName: boolean, nearness: WordNearness | undefined): TokenMatch {
  if (isSameToken(a, b)) return same;
  if (a.kind === 'number' && b.kind === 'date') return a.quantity?.isYear === true && a.quantity.values.includes(String(b.date?.year)) ? same : none;
  if (a.kind !== 'word' || b.kind !== 'word' || b.term === '' || a.term === '') return none;
  if (isName) return isSameName(a.text, b.text) ? derived : none;
  if (areOpposites(a.text, b.text)) return opposite;
  if (isDerived(a.text, b.text) || isDerived(a.term, b.term)) return derived;
  if (isCompound(a.text, b.text)) return compound;
  const quality = nearness === undefined || a.text.length < 3 || b.text.length < 3 || b.isAcronym || (hasOpposite(a.text) && hasOpposite(b.text)) ? 0 : nearness(a.text, b.text);
  return quality < leastNear ? none : { quality, isOpposite: false };
}

function isSameQuantity(a: ClaimToken, b: ClaimToken): boolean {
  const [one, other] = [a.quantity, b.quantity];
  if (one === undefined || other === undefined || !one.values.some((value) => other.values.includes(value))) return false;
  return one.unit === undefined || other.unit === undefined || one.unit === other.unit;
}

/** Nothing that `a` says of a day is missing in `b` or other there. */
function isSameDay(a: NonNullable<ClaimToken['date']>, b: NonNullable<ClaimToken['date']>): boolean {
  return isSameDate(a, b) && (a.day === undefined || b.day !== undefined) && (a.year === undefined || b.year !== undefined);
}

function isSameName(a: string, b: string): boolean {
  if (sameNames.some((group) => group.has(a) && group.has(b))) return true;
  const shared = sharedLength(a, b);
  return shared >= 3 && nameEnding.test(a.slice(shared)) && nameEnding.test(b.slice(shared));
}

/** Words with one beginning: `inhabit` and `inhabitants`. */
function isDerived(a: string, b: string): boolean {
  const shared = sharedLength(a, b);
  return shared >= 5 && shared >= 0.7 * Math.min(a.length, b.length) && shared >= 0.5 * Math.max(a.length, b.length);
}

function sharedLength(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared += 1;
  return shared;
}

function isCompound(a: string, b: string): boolean {
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return short.length >= 5 && long.length >= short.length + 3 && (long.startsWith(short) || long.endsWith(short));
}
