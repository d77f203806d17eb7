import type { Embedder } from '../embed/embedder.ts';
import type { AskedTerm } from './asked-terms.ts';

/** How well a text has each term of a question, by the term's place: 1 for the word itself, less for a word close to it. */
export type TermMatch = ReadonlyMap<number, number>;

/** Cosines of two words below the first say nothing, from the second on they count as much as a synonym can. */
const nearWords = { from: 0.38, to: 0.66, most: 0.85 };
const words = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const shortestWord = 3;

/** Tells how well the words of a text have each term of a question. */
export type TermMatcher = (text: string, present: ReadonlySet<string>) => TermMatch;

/**
 * Matches the terms of a question with texts, word by word: by the same index term, else by the meaning of the closest
 * word where the embedder knows single words (`replaced` and `renewed`, `allergic` and `allergies`). A name is only ever
 * itself. `texts` are all the texts that will be asked about, so that each word is looked up once.
 */
export function createTermMatcher(terms: readonly AskedTerm[], texts: readonly string[], embedder: Embedder, byMeaning: boolean): TermMatcher {
  const sought = terms.map(({ word, isName, isVague, isMeasure, isDate }, i) => ({ word: word ?? '', i, isSoft: word !== undefined && !isName && !isVague && !isMeasure && !isDate && word.length >= shortestWord }));
  const near = byMeaning ? nearOf(sought.filter(({ isSoft }) => isSoft), texts, embedder) : new Map<string, Map<number, number>>();
  return (text, present) => {
    const match = new Map<number, number>();
    for (const [i, { forms }] of terms.entries()) if (forms.some((form) => present.has(form))) match.set(i, 1);
    if (near.size === 0) return match;
    for (const word of wordsOf(text)) {
      for (const [i, closeness] of near.get(word) ?? []) if (closeness > (match.get(i) ?? 0)) match.set(i, closeness);
    }
    return match;
  };
}

/** Word of the texts to the terms it is close to. */
function nearOf(sought: readonly { word: string; i: number }[], texts: readonly string[], embedder: Embedder): Map<string, Map<number, number>> {
  const near = new Map<string, Map<number, number>>();
  const found = [...new Set(texts.flatMap(wordsOf))];
  const asked = embedder.embedWords?.(sought.map(({ word }) => word.toLowerCase()));
  const vectors = embedder.embedWords?.(found);
  if (asked === undefined || vectors === undefined) return near;
  const { dims } = embedder.profile;
  for (const [w, word] of found.entries()) {
    for (const [s, { i }] of sought.entries()) {
      const closeness = closenessOf(dot(asked, s * dims, vectors, w * dims, dims));
      if (closeness > 0) near.set(word, (near.get(word) ?? new Map<number, number>()).set(i, closeness));
    }
  }
  return near;
}

function closenessOf(cosine: number): number {
  const { from, to, most } = nearWords;
  return Math.min(1, Math.max(0, (cosine - from) / (to - from))) * most;
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(words) ?? []).filter((word) => word.length >= shortestWord && !/\p{N}/u.test(word));
}

function dot(a: Float32Array, fromA: number, b: Float32Array, fromB: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += (a[fromA + i] as number) * (b[fromB + i] as number);
  return sum;
}
