/**
 * One unit of text before stop words and stemming: a word as normalised, or a `gram` of a script that is written without
 * spaces (or, for Hangul, with particles attached), which is a term as it stands.
 */
export type Token = { text: string; gram: boolean };

const words = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const asciiWords = /[a-z0-9]+/g;
const notAscii = /[\u0080-\uffff]/;
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
/** Runs to cut in pairs, and whatever stands between them. */
const runs =
  /(?<east>[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々]+)|(?<hangul>\p{sc=Hangul}+)|(?<southeast>[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{M}]+)|(?<other>[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー々\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+)/gu;
/** Words and numbers joined without a space; those with a digit are codes, versions, amounts and dates. */
const joined = /[\p{L}\p{N}]+(?:[-./,_:][\p{L}\p{N}]+){1,6}/gu;
const digit = /\p{N}/u;
const maxCodeLength = 40;

/**
 * The tokens of a normalised text, in order; the same in every engine, since no dictionary takes part. Chinese,
 * Japanese, Korean, Thai, Lao, Khmer and Burmese give overlapping pairs of characters, which need no word boundaries. A
 * code such as `x-17b` gives its pieces and then itself without hyphens, so that it is found however it is written.
 */
export function tokenize(normalized: string): Token[] {
  const found = normalized.match(notAscii.test(normalized) ? words : asciiWords) ?? [];
  const tokens: Token[] = [];
  for (const word of found) {
    if (unspaced.test(word)) pushGrams(word, tokens);
    else tokens.push({ text: word, gram: false });
  }
  if (digit.test(normalized)) pushCodes(normalized, tokens);
  return tokens;
}

function pushGrams(word: string, tokens: Token[]): void {
  for (const { groups } of word.matchAll(runs)) {
    if (groups?.['east'] !== undefined) {
      pushPairs(Array.from(groups['east']), tokens);
      pushIdeographs(groups['east'], tokens);
    } else if (groups?.['hangul'] !== undefined) pushPairs(Array.from(groups['hangul']), tokens);
    else if (groups?.['southeast'] !== undefined) pushPairs(groups['southeast'].match(/\P{M}\p{M}*|\p{M}+/gu) ?? [], tokens);
    else if (groups?.['other'] !== undefined) tokens.push({ text: groups['other'], gram: false });
  }
}

function pushPairs(characters: readonly string[], tokens: Token[]): void {
  if (characters.length === 1) tokens.push({ text: characters[0]!, gram: true });
  for (let at = 0; at + 1 < characters.length; at++) {
    tokens.push({ text: characters[at]! + characters[at + 1]!, gram: true });
  }
}

/** Single ideographs besides their pairs: many are words, and a question may be one. */
function pushIdeographs(run: string, tokens: Token[]): void {
  const ideographs = run.match(/\p{sc=Han}/gu) ?? [];
  if (ideographs[0] === run) return;
  for (const text of ideographs) tokens.push({ text, gram: true });
}

function pushCodes(normalized: string, tokens: Token[]): void {
  for (const [match] of normalized.matchAll(joined)) {
    if (match.length <= maxCodeLength && digit.test(match)) tokens.push({ text: toCode(match), gram: false });
  }
}

/** One spelling of a code: points between digits stay (and stand for commas), other joints go where there is a letter. */
function toCode(match: string): string {
  const code = match.replace(/(?<=\p{N})[.,](?=\p{N})/gu, '.');
  return /\p{L}/u.test(code) ? code.replace(/[-/_:]|(?<!\p{N})[.,]|[.,](?!\p{N})/gu, '') : code.replace(/[/_]/g, '-');
}
