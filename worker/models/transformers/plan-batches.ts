import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelDtype } from '#core/models/model-manifest.ts';

/** One run of a model: the texts (by their place) that go into it, and its shape. Rows beyond the texts are filler. */
export type Batch = { texts: number[]; rows: number; tokens: number };

const quantised: readonly ModelDtype[] = ['q8', 'q4', 'q4f16'];

/**
 * How many texts may share a run. A dynamically quantised model gives every activation tensor one scale, so a vector
 * depends on what else is in its batch: against the text alone, cosines of MiniLM q8 fell to 0.9964 on average and to
 * 0.990 at worst, in batches of equal lengths as much as in padded ones, and no batch size was faster by more than noise.
 * Such a model takes one text at a time: the same text then always has the same vector, as its canaries have.
 */
export function textsPerRun({ dtype, batch }: Pick<EngineProfile, 'dtype' | 'batch'>): number {
  return quantised.includes(dtype) ? 1 : Math.max(1, batch);
}

/**
 * Shares texts of the given lengths (in tokens, none over `maxTokens`) out to runs, short ones first. With buckets every
 * run has the length of a bucket and `batch` rows or one, so that a GPU meets few shapes, each compiled once. Without
 * buckets only texts of equal length share a run, and nothing is padded.
 */
export function planBatches(lengths: readonly number[], { batch, buckets, maxTokens }: BatchRules): Batch[] {
  const usable = usableBuckets(buckets, maxTokens);
  const lengthOf = (text: number): number => usable.find((bucket) => bucket >= lengths[text]!) ?? lengths[text]!;
  const order = Array.from(lengths, (_, text) => text).toSorted((a, b) => lengths[a]! - lengths[b]! || a - b);
  const batches: Batch[] = [];
  for (const text of order) {
    const tokens = lengthOf(text);
    const last = batches.at(-1);
    if (last !== undefined && last.tokens === tokens && last.texts.length < batch) last.texts.push(text);
    else batches.push({ texts: [text], rows: 1, tokens });
  }
  for (const each of batches) each.rows = usable.length > 0 && each.texts.length > 1 ? batch : each.texts.length;
  return batches;
}

export type BatchRules = { batch: number; buckets: readonly number[]; maxTokens: number };

/** The buckets below the model's limit in rising order, and the limit itself; none where there are no buckets. */
export function usableBuckets(buckets: readonly number[], maxTokens: number): number[] {
  if (buckets.length === 0) return [];
  return [...buckets.filter((bucket) => bucket < maxTokens).toSorted((a, b) => a - b), maxTokens];
}
