import type { Embedder } from '../embed/embedder.ts';
import { BoundedCall } from '../search/bounded-call.ts';
import { measureBy, type MeasuredSentences, type SentenceMeasure } from './measure-sentences.ts';

/** Those of the best passages; what else there is counts as far away. */
const mostSentences = 60;
const defaultLimitMs = 400;
/** A neural model's cosines tell more of a sentence than those of a table. */
const weight = 1;

/**
 * Compares the sentences found by a neural model: slow, and so only done where words and the bundled table did not find a
 * clear answer. Gives nothing where that takes longer than the limit or the model fails.
 */
export function createSecondLook(embedder: Embedder, limitMs = defaultLimitMs): SentenceMeasure {
  const call = new BoundedCall<MeasuredSentences>();
  const measure = measureBy(embedder, weight);
  return async (asked, signal) => {
    const { length } = asked.sentences;
    const outcome = await call.run(() => measure({ ...asked, sentences: asked.sentences.slice(0, mostSentences) }, signal), limitMs);
    signal?.throwIfAborted();
    if (outcome.kind !== 'done') return undefined;
    const { cosines, closeness } = outcome.value;
    return { cosines: padded(cosines, length), closeness: padded(closeness, length), weight };
  };
}

function padded(values: Float32Array, length: number): Float32Array {
  const all = new Float32Array(length);
  all.set(values);
  return all;
}
