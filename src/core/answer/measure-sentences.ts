import type { Embedder } from '../embed/embedder.ts';

/** A question, the same without its names where that differs, and sentences of documents in a language to compare with both. */
export type SentencesAsked = { question: string; bare: string | undefined; sentences: readonly string[]; language: string };

/** Cosines of each sentence to the question and to the question without names; `weight`: what they count for in a sentence's score. */
export type MeasuredSentences = { cosines: Float32Array; closeness: Float32Array; weight: number };

/** Compares sentences with a question; `undefined` where it could not be done in time. Errors: `aborted`, those of the embedder. */
export type SentenceMeasure = (asked: SentencesAsked, signal?: AbortSignal) => Promise<MeasuredSentences | undefined>;

/** Measured on XQuAD and the labelled sets of this repository; `decisions.md` has the figures. */
const usualWeight = 0.6;

/** Compares by an embedder's vectors. */
export function measureBy(embedder: Embedder, weight = usualWeight): (asked: SentencesAsked, signal?: AbortSignal) => Promise<MeasuredSentences> {
  return async ({ question, bare, sentences }, signal) => {
    const vectors = await embedder.embedPassages(sentences, signal);
    const cosines = cosinesTo(await embedder.embedQuery(question, signal), vectors, sentences.length);
    const closeness = bare === undefined ? cosines : cosinesTo(await embedder.embedQuery(bare, signal), vectors, sentences.length);
    return { cosines, closeness, weight };
  };
}

function cosinesTo(query: Float32Array, vectors: Float32Array, rows: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let d = 0; d < query.length; d += 1) sum += (query[d] as number) * (vectors[row * query.length + d] as number);
    return sum;
  });
}
