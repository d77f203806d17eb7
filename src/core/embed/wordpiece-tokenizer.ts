import { AppError } from '../errors/app-error.ts';

/** Text to token ids by the rules of the uncased BERT tokenizer, without special tokens. */
export type WordpieceTokenizer = {
  /** Ids in order, unknown words as `unkId`, at most `maxTokens` of them. */
  encode(text: string, maxTokens?: number): number[];
  count(text: string): number;
};

const maxWordCodePoints = 100;
const maxCachedWords = 65_536;
const maxCachedWordLength = 64;

const dropped = /[\0\uFFFD\p{Cc}\p{Cf}\p{Co}]/gu;
const ideograph =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu;
const wordOrPunctuation = /[!-/:-@[-`{-~\p{P}]|[^\s!-/:-@[-`{-~\p{P}]+/gu;

const isWordCharacter = new Uint8Array(128);
const isSpace = new Uint8Array(128);
const isPunctuation = new Uint8Array(128);
for (let code = 33; code < 127; code++) {
  const word = /[a-z0-9]/i.test(String.fromCharCode(code));
  isWordCharacter[code] = word ? 1 : 0;
  isPunctuation[code] = word ? 0 : 1;
}
for (const code of [9, 10, 13, 32]) isSpace[code] = 1;

/** Words and punctuation of a run without ASCII space: clean, split ideographs, NFD without marks, lowercase. */
function normaliseAndSplit(run: string): string[] {
  const cleaned = run.replace(dropped, '').replace(ideograph, ' $& ');
  // The original lowercases each character by itself, so a final sigma has no form of its own.
  const bare = cleaned.normalize('NFD').replace(/\p{Mn}/gu, '').replaceAll('Σ', 'σ').toLowerCase();
  return bare.match(wordOrPunctuation) ?? [];
}

function isTooLong(word: string): boolean {
  if (word.length <= maxWordCodePoints) return false;
  return word.length > 2 * maxWordCodePoints || Array.from(word).length > maxWordCodePoints;
}

/** Where the run that holds a character outside plain ASCII ends: at the next ASCII space or punctuation. */
function endOfRun(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && (isSpace[code] === 1 || isPunctuation[code] === 1)) break;
  }
  return at;
}

/**
 * A tokenizer over a vocabulary of one token a line, the line number being the id. Words of plain ASCII take a fast
 * path; the ids of recent words are kept in a bounded cache. Rules: Devlin et al. 2018, `BasicTokenizer` and
 * `WordpieceTokenizer`, uncased. Errors: `invalid-input` when `unkToken` is not in the vocabulary.
 */
export function createWordpieceTokenizer(vocabulary: readonly string[], unkToken = '[UNK]'): WordpieceTokenizer {
  const idOf = new Map(vocabulary.map((token, id) => [token, id]));
  const unknown = idOf.get(unkToken);
  if (unknown === undefined) throw new AppError('invalid-input', `vocabulary has no ${unkToken}`);
  const unkIds = [unknown];
  const cache = new Map<string, readonly number[]>();

  /** Greedy longest match; the whole word is unknown when any part is. */
  function pieces(word: string): readonly number[] {
    if (isTooLong(word)) return unkIds;
    const ids: number[] = [];
    for (let start = 0; start < word.length; ) {
      let end = word.length;
      let id: number | undefined;
      for (; end > start; end--) {
        id = idOf.get(start === 0 ? word.slice(0, end) : `##${word.slice(start, end)}`);
        if (id !== undefined) break;
      }
      if (id === undefined) return unkIds;
      ids.push(id);
      start = end;
    }
    return ids;
  }

  function cached(run: string, compute: (run: string) => readonly number[]): readonly number[] {
    const known = cache.get(run);
    if (known !== undefined) return known;
    const ids = compute(run);
    if (run.length > maxCachedWordLength) return ids;
    if (cache.size >= maxCachedWords) cache.clear();
    // A slice may keep its whole text alive, so the key must not be one: joining makes it flat and its own.
    cache.set(Array.from(run).join(''), ids);
    return ids;
  }

  const asciiWord = (run: string): readonly number[] => pieces(run.toLowerCase());
  const anyRun = (run: string): readonly number[] => normaliseAndSplit(run).flatMap(pieces);

  /** Calls `take` with the ids of each run in order until it returns false. */
  function walk(text: string, take: (ids: readonly number[]) => boolean): void {
    for (let at = 0; at < text.length; ) {
      const start = at;
      let code = text.charCodeAt(at);
      if (code < 128 && isSpace[code] === 1) {
        at++;
        continue;
      }
      while (code < 128 && isWordCharacter[code] === 1) code = ++at < text.length ? text.charCodeAt(at) : 32;
      let compute = asciiWord;
      if (code >= 128 || (isSpace[code] === 0 && isPunctuation[code] === 0)) {
        at = endOfRun(text, at);
        compute = anyRun;
      } else if (at === start) at++;
      if (!take(cached(text.slice(start, at), compute))) return;
    }
  }

  return {
    encode(text, maxTokens = Number.POSITIVE_INFINITY) {
      const all: number[] = [];
      walk(text, (ids) => {
        for (let i = 0; i < ids.length && all.length < maxTokens; i++) all.push(ids[i]!);
        return all.length < maxTokens;
      });
      return all;
    },
    count(text) {
      let tokens = 0;
      walk(text, (ids) => {
        tokens += ids.length;
        return true;
      });
      return tokens;
    },
  };
}
