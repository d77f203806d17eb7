import type { Embedder } from '../embed/embedder.ts';

/** How close two words are in meaning, from 0 to `most`. */
export type WordNearness = (a: string, b: string) => number;

/** Cosines of two words below the first say nothing, from the second on they count as much as a synonym can. */
const near = { from: 0.4, to: 0.66, most: 0.85 };
const maxCachedWords = 20_000;
const maxCachedPairs = 500;

/** Nearness by an embedder that knows single words; undefined where it does not. Keeps the vectors of the words it met. */
export function createWordNearness(embedder: Embedder): WordNearness | undefined {
  const embedWords = embedder.embedWords?.bind(embedder);
  if (embedWords === undefined) return undefined;
  let vectors = new Map<string, Float32Array>();
  const vectorOf = (word: string) => {
    let vector = vectors.get(word);
    if (vector === undefined) {
      if (vectors.size >= maxCachedWords) vectors = new Map();
      vector = embedWords([word]);
      vectors.set(word, vector);
    }
    return vector;
  };
  let known = new Map<string, Map<string, number>>();
  return (a, b) => {
    let ofWord = known.get(a);
    if (ofWord === undefined || ofWord.size > maxCachedWords) {
      if (known.size >= maxCachedPairs) known = new Map();
      ofWord = new Map();
      known.set(a, ofWord);
    }
    let closeness = ofWord.get(b);
    if (closeness === undefined) {
      closeness = compare(a, b);
      ofWord.set(b, closeness);
    }
    return closeness;
  };

  function compare(a: string, b: string): number {
    const [one, other] = [vectorOf(a), vectorOf(b)];
    let cosine = 0;
    for (let i = 0; i < one.length; i += 1) cosine += (one[i] as number) * (other[i] as number);
    return Math.min(1, Math.max(0, (cosine - near.from) / (near.to - near.from))) * near.most;
  }
}
