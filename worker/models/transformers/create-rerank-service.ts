import type { EngineProfile } from '#core/device/engine-profile.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { ModelKey, RerankFacts } from '#core/models/model-manifest.ts';
import { yieldToMessages } from '../../yield-to-messages.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { assertLogits, assertSaneLogits } from './check-logits.ts';
import { loadEncoder, type TextEncoder } from './load-encoder.ts';
import { planBatches, textsPerRun, usableBuckets } from './plan-batches.ts';
import { ratePerSecond } from './rate-per-second.ts';
import { setUpTransformers } from './set-up-transformers.ts';
import { toTransformersError } from './to-transformers-error.ts';
import { framePair } from './token-frame.ts';
import { typicalPassage, typicalQuestion } from './typical-texts.ts';

type Loaded = { encoder: TextEncoder; facts: RerankFacts; profile: EngineProfile };

const outputs = ['logits'];

/**
 * A cross-encoder by transformers.js, by its raw logit: the library's own pipeline puts a softmax over the one logit, which
 * gives 1 for every pair. Pairs are cut at the manifest's limit, the longer text first, with both closing tokens kept.
 * Like the embedder's, a quantised model's scores depend on their batch, so such a model scores one pair at a time.
 */
export function createRerankService({ openFiles }: { openFiles: (key: ModelKey) => Promise<ModelFiles> }): ModelService {
  let loaded: Loaded | undefined;

  const current = (): Loaded => {
    if (loaded === undefined) throw new AppError('invalid-input', 'no model was loaded');
    return loaded;
  };

  async function load(start: ModelStart, onLost: (reason: string) => void): Promise<void> {
    const files = await openFiles(start.key);
    const facts = files.manifest.rerank;
    if (facts === undefined) throw new AppError('model/invalid', `${start.key} does not say how it scores`);
    const setUp = await setUpTransformers({ ...start, files });
    loaded = { encoder: await loadEncoder(setUp, { head: 'score' }), facts, profile: start.profile };
    setUp.watchDevice(onLost);
    await scorePairs(loaded, 'a', ['a']);
  }

  async function verify(): Promise<number | undefined> {
    const { facts: { canaries }, profile: { dtype } } = current();
    const scoreOne = async (query: string, passage: string): Promise<number> => (await scorePairs(current(), query, [passage]))[0]!;
    if (canaries.length === 0) {
      await assertSaneLogits(scoreOne);
      return undefined;
    }
    await assertLogits(canaries, dtype, scoreOne);
    return 1;
  }

  async function measure(): Promise<number> {
    const model = current();
    await warmUp(model);
    const passages = Array.from({ length: textsPerRun(model.profile) }, () => typicalPassage);
    return ratePerSecond(passages.length, () => scorePairs(model, typicalQuestion, passages));
  }

  const score = async (query: string, passages: readonly string[], signal: AbortSignal): Promise<Float32Array> =>
    scorePairs(current(), query, passages, signal);

  const named = <Args extends unknown[], Value>(method: (...args: Args) => Promise<Value>) =>
    (...args: Args): Promise<Value> => method(...args).catch((thrown: unknown) => Promise.reject(toTransformersError(thrown)));
  return { load: named(load), verify: named(verify), measure: named(measure), score: named(score) };
}

async function scorePairs(model: Loaded, query: string, passages: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
  const { encoder, facts: { maxTokens }, profile } = model;
  const asked = encoder.tokenize(query, maxTokens);
  const rows = passages.map((passage) => framePair(asked, encoder.tokenize(passage, maxTokens), encoder.frame, maxTokens));
  const logits = new Float32Array(passages.length);
  const rules = { batch: textsPerRun(profile), buckets: profile.buckets, maxTokens };
  for (const batch of planBatches(rows.map(({ ids }) => ids.length), rules)) {
    if (signal?.aborted === true) throw new AppError('aborted', 'scoring was called off');
    await encoder.run(batch.texts.map((text) => rows[text]!), batch, outputs, (values, dims) => {
      if (dims[1] !== 1) throw new AppError('model/invalid', `the model gives ${dims[1] ?? 0} logits a pair, not one`);
      for (const [row, text] of batch.texts.entries()) logits[text] = values[row]!;
    });
    await yieldToMessages();
  }
  return logits;
}

/** Runs every shape that `planBatches` can ask for once. */
async function warmUp({ encoder, facts: { maxTokens }, profile }: Loaded): Promise<void> {
  for (const tokens of usableBuckets(profile.buckets, maxTokens)) {
    for (const rows of new Set([1, textsPerRun(profile)])) {
      await encoder.run([framePair([], [], encoder.frame, maxTokens)], { rows, tokens }, outputs, () => {});
    }
  }
}
