import { splitSentences } from '../answer/split-sentences.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { readTokens, type ClaimToken } from './read-tokens.ts';

/** A passage that sentences may cite by its number. Offsets of supports are into `text`. */
export type CitablePassage = { number: number; text: string; title?: string };

export type PreparedSentence = { start: number; end: number; tokens: readonly ClaimToken[]; terms: ReadonlySet<string> };

/** A passage as the check reads it: its sentences, their tokens, and what stands where. */
export type PreparedPassage = {
  passage: CitablePassage;
  language: string;
  sentences: readonly PreparedSentence[];
  /** Folded words seen with a capital within a sentence, and without one. */
  capitals: ReadonlySet<string>;
  lowers: ReadonlySet<string>;
  terms: ReadonlySet<string>;
  titleTerms: ReadonlySet<string>;
};

const maxCharacters = 20_000;
const prepared = new WeakMap<CitablePassage, PreparedPassage>();

/** Reads a passage once; the same object is not read again. Only the first 20,000 characters count. */
export function preparePassage(passage: CitablePassage): PreparedPassage {
  let known = prepared.get(passage);
  if (known === undefined) {
    known = readPassage(passage);
    prepared.set(passage, known);
  }
  return known;
}

function readPassage(passage: CitablePassage): PreparedPassage {
  const text = passage.text.slice(0, maxCharacters);
  const language = detectLanguage(text);
  const sentences = splitSentences(text).map(({ start, end }) => readSentence(text, start, end, language));
  const [capitals, lowers, terms] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { tokens } of sentences) {
    for (const [i, token] of tokens.entries()) {
      if (token.term !== '') terms.add(token.term);
      if (token.kind === 'word' && i > 0) (token.isCapital ? capitals : lowers).add(token.text);
    }
  }
  const titleTerms = new Set(readTokens(passage.title ?? '', language).map(({ term }) => term));
  return { passage, language, sentences, capitals, lowers, terms, titleTerms };
}

function readSentence(text: string, start: number, end: number, language: string): PreparedSentence {
  const own = text.slice(start, end);
  const lead = own.length - own.trimStart().length;
  const tokens = readTokens(own, language);
  for (const token of tokens) {
    token.start += start;
    token.end += start;
  }
  return { start: start + lead, end: start + own.trimEnd().length, tokens, terms: new Set(tokens.map(({ term }) => term)) };
}
