import { isSameDate } from '../language/find-dates.ts';
import type { Doubt } from '../answer/answer-types.ts';
import type { Alignment } from './align-claim.ts';
import type { WeightedToken } from './read-claim.ts';
import type { ClaimToken } from './read-tokens.ts';
import type { SourceWindow } from './source-window.ts';

/** What a claim says and its source does not; `isContrary`: the source has something else in that place. */
export type Conflict = { doubt: Doubt; token: number; isContrary: boolean };

/** A claim as far as it is judged: all of its tokens, the places of those of one clause, and the sentence that has most of it. */
export type JudgedPart = { claim: readonly WeightedToken[]; places: readonly number[]; alignment: Alignment; main: number; window: SourceWindow };

const nearPlaces = 4;
const rivalLead = 1;
/** A clause between two places counts as so many tokens, the end of a sentence as more. */
const clauseGap = 8;
const rangeWords = new Set(['from', 'to', 'until', 'till', 'between', 'von', 'bis', 'zwischen', 'de', 'entre', 'hasta']);

/** Numbers, dates and names of a part that its source lacks, has elsewhere, or has for something else. */
export function findValueConflicts(part: JudgedPart): Conflict[] {
  const { claim, places, alignment } = part;
  const conflicts: Conflict[] = [];
  for (const i of places) {
    const token = claim[i] as WeightedToken;
    const isValue = token.kind === 'number' || token.kind === 'date';
    if (!isValue && !token.isName) continue;
    const doubt: Doubt = token.kind === 'date' || token.quantity?.isYear === true ? 'date' : isValue ? 'number' : 'name';
    const found = (alignment.at[i] ?? -1) >= 0;
    if (isValue) {
      if (found ? hasRival(part, i) : !isDateInParts(part, i) && (token.quantity?.isWeak !== true || slotRival(part, i))) conflicts.push({ doubt, token: i, isContrary: found || slotRival(part, i) });
    } else if (!found || isInOtherSentence(part, i)) {
      if (slotRival(part, i)) conflicts.push({ doubt, token: i, isContrary: true });
      else if (!found && !token.isAsked && !isNamed(part, i)) conflicts.push({ doubt, token: i, isContrary: false });
    }
  }
  return conflicts;
}

function isInOtherSentence({ alignment, main, window }: JudgedPart, i: number): boolean {
  return window.sentenceOf[alignment.at[i] ?? -1] !== main;
}

/** A day said in other parts: `May 2013` where the source has the month and the year apart. */
function isDateInParts({ claim, main, window }: JudgedPart, i: number): boolean {
  const date = claim[i]?.date;
  if (date === undefined) return false;
  if (window.tokens.some((other, j) => window.sentenceOf[j] === main && other.date?.month === date.month && !isSameDate(other.date, date))) return false;
  const { tokens, source } = window;
  const has = (parts: readonly ClaimToken[], value: number) => parts.some((other) => other.quantity?.values.includes(String(value)) ?? (other.date?.year === value || other.date?.day === value));
  const month = new Date(Date.UTC(2000, date.month - 1, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }).toLowerCase();
  const hasMonth = tokens.some((other) => other.text === month || other.date?.month === date.month);
  const all = source.sentences.flatMap((sentence) => sentence.tokens);
  return hasMonth && (date.day === undefined || has(tokens, date.day)) && (date.year === undefined || has(all, date.year));
}

/** The name stands elsewhere in the passage or in its title, or the source or claim has it as initials. */
function isNamed({ claim, window }: JudgedPart, i: number): boolean {
  const { source } = window;
  const token = claim[i] as WeightedToken;
  if (source.terms.has(token.term) || source.titleTerms.has(token.term)) return true;
  if (token.isAcronym) return source.sentences.some(({ tokens }) => hasInitials(tokens, token.text));
  const acronyms = source.sentences.flatMap(({ tokens }) => tokens.filter((other) => other.isAcronym).map(({ text }) => text));
  return acronyms.some((acronym) => isInitialOf(claim, i, acronym));
}

function hasInitials(tokens: readonly ClaimToken[], acronym: string): boolean {
  const initials = tokens.filter(({ kind, text }) => kind === 'word' && text.length > 2).map(({ text }) => text[0]).join('');
  return initials.includes(acronym);
}

function isInitialOf(claim: readonly WeightedToken[], i: number, acronym: string): boolean {
  for (let from = Math.max(0, i - acronym.length + 1); from <= i; from += 1) {
    const initials = claim.slice(from, from + acronym.length).map(({ text }) => text[0]).join('');
    if (initials === acronym) return true;
  }
  return false;
}

/** Whether the source has another value or name where the claim's own would stand: by what stands beside both. */
function slotRival({ claim, places, alignment, main, window }: JudgedPart, i: number): boolean {
  const token = claim[i] as WeightedToken;
  const aligned = new Set(places.map((k) => alignment.at[k]));
  const rivals = [...window.tokens.keys()].filter((j) => !aligned.has(j) && window.sentenceOf[j] === main && isSameClass(token, window, j));
  if (rivals.length === 0) return false;
  for (const step of [-1, 1]) {
    for (let k = i + step, gap = 1; k >= 0 && k < claim.length && gap <= nearPlaces; k += step, gap += 1) {
      const at = alignment.at[k] ?? -1;
      if (at < 0 || window.sentenceOf[at] !== main) continue;
      if (rivals.some((j) => Math.abs(j - at) <= Math.min(nearPlaces, gap + 2))) return true;
      break;
    }
  }
  return false;
}

/** Tokens that could stand in each other's place: numbers and numbers, years and dates, names and names. */
function isSameClass(token: WeightedToken, { tokens, source }: SourceWindow, j: number): boolean {
  const other = tokens[j];
  if (other === undefined) return false;
  const isTime = (one: ClaimToken) => one.kind === 'date' || one.quantity?.isYear === true;
  if (token.kind === 'date' || token.kind === 'number') return (other.kind === 'date' || other.kind === 'number') && isTime(token) === isTime(other) && token.quantity?.unit === other.quantity?.unit && other.quantity?.isWeak !== true;
  return other.kind === 'word' && other.isCapital && other.term !== '' && (other.isAcronym || !source.lowers.has(other.text)) && (j > 0 || source.capitals.has(other.text));
}

/**
 * Whether a value that the source has belongs to something else there: what the clause says of it stands nearer to another
 * value of its kind.
 */
function hasRival(part: JudgedPart, i: number): boolean {
  const { claim, places, alignment, window } = part;
  const own = alignment.at[i] ?? -1;
  const token = claim[i] as WeightedToken;
  const said = new Set(places.map((k) => alignment.at[k] ?? -1));
  const rivals = [...window.tokens.keys()].filter((j) => j !== own && isSameClass(token, window, j));
  if (rivals.length === 0) return false;
  if (rivals.some((j) => takesNeighbour(part, i, own, j)) || isExchanged(part, i)) return true;
  const others = rivals.filter((j) => !said.has(j));
  if (others.length === 0) return false;
  let [nearer, farther] = [0, 0];
  for (const k of places) {
    const anchor = claim[k] as WeightedToken;
    const at = alignment.at[k] ?? -1;
    if (k === i || at < 0 || anchor.kind === 'number' || anchor.kind === 'date' || anchor.weight < 0.4) continue;
    const standing = [...window.tokens.keys()].filter((j) => window.tokens[j]?.term === window.tokens[at]?.term);
    const toOwn = Math.min(...standing.map((j) => distance(window, j, own)));
    const toRival = Math.min(...others.flatMap((rival) => standing.map((j) => distance(window, j, rival))));
    if (toOwn > toRival + rivalLead) farther += 1;
    else if (toOwn < toRival - rivalLead) nearer += 1;
  }
  return farther > 0 && nearer === 0;
}

/** `from 1850 to 1830` of `from 1830 to 1850`: the word right beside the claim's value stands beside the other one. */
function takesNeighbour({ claim, window, alignment }: JudgedPart, i: number, own: number, rival: number): boolean {
  if (rival === (alignment.at[i] ?? -1)) return false;
  const beside = (step: number) => {
    const word = claim[i + step];
    if (word === undefined || word.kind !== 'word' || !(word.term !== '' || rangeWords.has(word.text))) return false;
    const isBeside = (place: number) => isSameWord(word, window.tokens[place + step]);
    return isBeside(rival) && !isBeside(own) && (step > 0 || rangeWords.has(word.text));
  };
  return beside(-1) || beside(1);
}

/** Two values of a part that changed places around what stands between them. */
function isExchanged({ claim, places, alignment, window }: JudgedPart, i: number): boolean {
  const token = claim[i] as WeightedToken;
  const own = alignment.at[i] ?? -1;
  const next = places.find((k) => k > i && (alignment.at[k] ?? -1) >= 0 && (alignment.at[k] ?? -1) < own && isSameClass(token, window, alignment.at[k] ?? -1) && (claim[k]?.kind === 'number' || claim[k]?.kind === 'date'));
  if (next === undefined) return false;
  const other = alignment.at[next] ?? -1;
  const between = places.filter((k) => k > i && k < next && (alignment.at[k] ?? -1) >= 0 && (claim[k]?.weight ?? 0) >= 0.4);
  return between.length > 0 && between.every((k) => (alignment.at[k] ?? -1) > other && (alignment.at[k] ?? -1) < own);
}

function isSameWord(a: ClaimToken, b: ClaimToken | undefined): boolean {
  return b !== undefined && (a.text === b.text || (a.term !== '' && a.term === b.term));
}

/** Tokens between two places; the end of a sentence or clause between them counts as some more. */
function distance({ tokens, sentenceOf }: SourceWindow, a: number, b: number): number {
  const apart = Math.abs(a - b);
  if (sentenceOf[a] !== sentenceOf[b]) return apart + 20;
  return apart + clauseGap * Math.abs((tokens[a]?.clause ?? 0) - (tokens[b]?.clause ?? 0));
}
