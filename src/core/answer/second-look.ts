import type { Embedder } from '../embed/embedder.ts';
import { BoundedCall } from '../search/bounded-call.ts';
import { scaleMeaning } from '../search/fuse.ts';
import { measureBy, type MeasuredSentences, type SentenceMeasure } from './measure-sentences.ts';

/** Those of the best passages; what else there is counts as far away. */
const mostSentences = 60;
/** To say that documents do not answer is worth a wait. */
const defaultLimitMs = 1_500;
/** A neural model's cosines tell more of a sentence than those of a table. */
const weight = 1;

/**
 * Compares the sentences found by a neural model: slow, and so only done where words and the bundled table did not find a
 * clear answer. Gives nothing where that takes longer than the limit, the model fails or does not know the language, or its
 * cosines were never set beside those of the bundled model (`Profile.meaningScale`). To be created once for an embedder,
 * since it remembers a call that has not come back.
 */
export function createSecondLook(embedder: Embedder, limitMs = defaultLimitMs): SentenceMeasure {
  const call = new BoundedCall<MeasuredSentences>();
  const measure = measureBy(embedder, weight);
  return async (asked, signal) => {
    const { languages, profile: { meaningScale } } = embedder;
    const knowsLanguage = asked.language === 'und' || (languages?.includes(asked.language) ?? true);
    if (meaningScale === undefined || !knowsLanguage) return undefined;
    const { length } = asked.sentences;
    const outcome = await call.run(() => measure({ ...asked, sentences: asked.sentences.slice(0, mostSentences) }, signal), limitMs);
    signal?.throwIfAborted();
    if (outcome.kind !== 'done') return undefined;
    const { cosines, closeness } = outcome.value;
    const scaled = (values: Float32Array) => Float32Array.from({ length }, (_, i) => scaleMeaning(values[i] ?? 0, meaningScale));
    return { cosines: scaled(cosines), closeness: scaled(closeness), weight };
  };
}
