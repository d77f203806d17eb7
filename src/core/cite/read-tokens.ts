import { findDates, type DateMention } from '../language/find-dates.ts';
import { foldWord, normalizeText } from '../language/fold-word.ts';
import { primaryLanguage, termOf } from '../language/term-of.ts';
import { findQuantities, type Quantity } from './find-quantities.ts';
import { lemmaOf } from './word-relations.ts';

export type TokenKind = 'word' | 'gram' | 'number' | 'date';

/** A word, number, date or pair of characters of a text, with what the check asks of it. */
export type ClaimToken = {
  kind: TokenKind;
  /** UTF-16 offsets. */
  start: number;
  end: number;
  /** Folded, in lower case. */
  text: string;
  /** Stem; empty for function words. */
  term: string;
  isCapital: boolean;
  isAcronym: boolean;
  quantity?: Quantity;
  date?: DateMention;
  /** A word that denies what stands by it. */
  isDenial: boolean;
  /** Place of the clause it stands in: parts of a text between marks and conjunctions, counted from 0. */
  clause: number;
};

const digit = /\p{N}/u;
const words = /[\p{L}][\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)?/gu;
const unspacedRun = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const denials = new Set(
  ('not no never none nobody nothing neither nor without cannot nowhere hardly barely fail failed fails unable lack lacks lacked refused refuses refuse deny denied denies ' +
    'nicht kein keine keinen keinem keiner keines nie niemals ohne weder niemand nichts ningún ninguna ninguno nunca jamás sin ni nadie nada').split(' '),
);
const hanDenials = /[不没未無无非勿]/u;
const notDenying = /^\s+(?:only|just|merely|simply|nur|bloß|sólo|solo)(?!\p{L})/iu;
/** Not the marks within `23:00`, `3–1` and `Miller–Rabin`. */
const clauseBreak = /[;()—，、。；：]|[:,]["”’']?\s|\s[–-]\s/u;
/** Words that begin a clause of their own. */
const conjunctions = new Set('and but while whereas although though because since which who whom whose where when so if unless und aber während obwohl weil welche welcher sondern y e pero aunque mientras porque que'.split(' '));

/** Tokens of a text in order, function words included. Never throws; linear in the text's length. */
export function readTokens(text: string, language: string): ClaimToken[] {
  const primary = primaryLanguage(language);
  const dates = /\d/u.test(text) ? findDates(text) : [];
  const covered = new Uint8Array(text.length);
  const tokens: ClaimToken[] = dates.map((date) => markCovered(covered, { ...plainToken('date', date.start, date.end, text), date }));
  for (const quantity of findQuantities(text, language)) {
    if (covered[quantity.start] === 1 || covered[quantity.end - 1] === 1) continue;
    tokens.push(markCovered(covered, { ...plainToken('number', quantity.start, quantity.end, text), quantity }));
  }
  for (const { 0: word, index } of text.matchAll(words)) {
    if (covered[index] === 1) continue;
    if (unspacedRun.test(word)) pushGrams(tokens, word, index, covered);
    else if (digit.test(word)) tokens.push(codeToken(word, index, text));
    else tokens.push(readWord(word, index, text, primary));
  }
  tokens.sort((a, b) => a.start - b.start || a.end - b.end);
  markClauses(tokens, text);
  return tokens;
}

function markCovered(covered: Uint8Array, token: ClaimToken): ClaimToken {
  covered.fill(1, token.start, token.end);
  return token;
}

function plainToken(kind: TokenKind, start: number, end: number, text: string): ClaimToken {
  const own = text.slice(start, end).toLowerCase();
  return { kind, start, end, text: own, term: own, isCapital: false, isAcronym: false, isDenial: false, clause: 0 };
}

/** `x7` and `CO2` are names of things that one figure makes others. */
function codeToken(word: string, start: number, text: string): ClaimToken {
  const token = plainToken('number', start, start + word.length, text);
  return { ...token, quantity: { start, end: token.end, values: [token.text], isOrdinal: false, isSpelled: false, isYear: false, isWeak: false } };
}

function readWord(word: string, start: number, text: string, language: string): ClaimToken {
  const bare = word.replace(/['’]s?$/u, '');
  const folded = foldWord(normalizeText(bare));
  const isDenial = (denials.has(normalizeText(bare)) || /n['’]t$/iu.test(word)) && !notDenying.test(text.slice(start + word.length, start + word.length + 12));
  const term = /n['’]t$/iu.test(word) ? '' : termOf(language === 'en' ? lemmaOf(folded) : normalizeText(bare), language);
  return {
    kind: 'word',
    start,
    end: start + bare.length,
    text: folded,
    term: isDenial ? '' : term,
    isCapital: /^\p{Lu}/u.test(bare),
    isAcronym: /^\p{Lu}[\p{Lu}\p{N}]{1,6}$/u.test(bare),
    isDenial,
    clause: 0,
  };
}

const plainHan = /^[的了在是和与于被为也有之其这那个中上下等而以及]$/u;

function pushGrams(tokens: ClaimToken[], run: string, start: number, covered: Uint8Array): void {
  const characters = Array.from(run);
  let at = start;
  for (const [i, character] of characters.entries()) {
    const next = characters[i + 1];
    const end = at + character.length;
    if (covered[at] === 0) {
      if (hanDenials.test(character)) tokens.push({ ...gramToken(at, end, character), term: '', isDenial: true });
      else if (!unspacedRun.test(character)) tokens.push(gramToken(at, end, character.toLowerCase()));
      else if (next !== undefined && covered[end] === 0 && !plainHan.test(character) && !plainHan.test(next) && !hanDenials.test(next)) tokens.push(gramToken(at, end + next.length, character + next));
    }
    at = end;
  }
}

function gramToken(start: number, end: number, text: string): ClaimToken {
  return { kind: 'gram', start, end, text, term: text, isCapital: false, isAcronym: false, isDenial: false, clause: 0 };
}

function markClauses(tokens: readonly ClaimToken[], text: string): void {
  let [clause, before] = [0, 0];
  for (const token of tokens) {
    const isBreak = before > 0 && token.start > before && clauseBreak.test(text.slice(before, token.start));
    if (isBreak || (before > 0 && conjunctions.has(token.text))) clause += 1;
    token.clause = clause;
    before = Math.max(before, token.end);
  }
}
