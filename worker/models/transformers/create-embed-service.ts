import { AppError } from '#core/errors/app-error.ts';
import type { EmbedFacts, ModelKey } from '#core/models/model-manifest.ts';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { yieldToMessages } from '../../yield-to-messages.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { loadEncoder, type TextEncoder } from './load-encoder.ts';
import { lowestCosine, assertSaneVectors } from './check-vectors.ts';
import { type Batch, planBatches, textsPerRun, usableBuckets } from './plan-batches.ts';
import { poolRow } from './pool-vectors.ts';
import { ratePerSecond } from './rate-per-second.ts';
import { setUpTransformers } from './set-up-transformers.ts';
import { toTransformersError } from './to-transformers-error.ts';
import { frameText, type TokenRow } from './token-frame.ts';
import { typicalPassage } from './typical-texts.ts';

type Loaded = { encoder: TextEncoder; facts: EmbedFacts; profile: EngineProfile };

const hiddenOutputs = ['last_hidden_state', 'token_embeddings'];

/**
 * Embeddings by transformers.js. Texts are cut at the manifest's limit with their closing token kept, sorted by length,
 * run in batches that keep vectors stable (`planBatches`), pooled and normalised here, and given back in their order.
 * Between two runs messages are let in, so that a question waits for one run of passages, not for all, and an abort is seen.
 */
export function createEmbedService({ openFiles }: { openFiles: (key: ModelKey) => Promise<ModelFiles> }): ModelService {
  let loaded: Loaded | undefined;

  async function load(start: ModelStart, onLost: (reason: string) => void): Promise<void> {
    const files = await openFiles(start.key);
    const facts = files.manifest.embed;
    if (facts === undefined) throw new AppError('model/invalid', `${start.key} does not say how it makes vectors`);
    const setUp = await setUpTransformers({ ...start, files });
    loaded = { encoder: await loadEncoder(setUp, { head: 'none' }), facts, profile: start.profile };
    setUp.watchDevice(onLost);
    // Lengths of buckets are known to work only once they were run; the first one shows whether the model runs at all.
    await embedTexts(loaded, ['a']);
  }

  const current = (): Loaded => {
    if (loaded === undefined) throw new AppError('invalid-input', 'no model was loaded');
    return loaded;
  };

  async function verify(): Promise<number | undefined> {
    const { facts } = current();
    const embedOne = (text: string): Promise<Float32Array> => embedTexts(current(), [facts.passagePrefix + text]);
    if (facts.canaries.length > 0) return lowestCosine(facts.canaries, embedOne);
    await assertSaneVectors(embedOne);
    return undefined;
  }

  async function measure(): Promise<number> {
    const model = current();
    await warmUp(model);
    const texts = Array.from({ length: textsPerRun(model.profile) }, () => model.facts.passagePrefix + typicalPassage);
    return ratePerSecond(texts.length, () => embedTexts(model, texts));
  }

  async function embed(texts: readonly string[], kind: 'query' | 'passage', signal: AbortSignal): Promise<Float32Array> {
    const { facts } = current();
    const prefix = kind === 'query' ? facts.queryPrefix : facts.passagePrefix;
    return embedTexts(current(), texts.map((text) => prefix + text), signal);
  }

  const named = <Args extends unknown[], Value>(method: (...args: Args) => Promise<Value>) =>
    (...args: Args): Promise<Value> => method(...args).catch((thrown: unknown) => Promise.reject(toTransformersError(thrown)));
  return { load: named(load), verify: named(verify), measure: named(measure), embed: named(embed) };
}

async function embedTexts(model: Loaded, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
  const { encoder, facts: { dims, maxTokens }, profile } = model;
  const rows = texts.map((text) => frameText(encoder.tokenize(text, maxTokens), encoder.frame, maxTokens));
  const vectors = new Float32Array(texts.length * dims);
  const rules = { batch: textsPerRun(profile), buckets: profile.buckets, maxTokens };
  for (const batch of planBatches(rows.map(({ ids }) => ids.length), rules)) {
    if (signal?.aborted === true) throw new AppError('aborted', 'embedding was called off');
    await runBatch(model, batch, rows, vectors);
    await yieldToMessages();
  }
  return vectors;
}

async function runBatch({ encoder, facts }: Loaded, batch: Batch, rows: readonly TokenRow[], vectors: Float32Array): Promise<void> {
  const own = batch.texts.map((text) => rows[text]!);
  await encoder.run(own, batch, hiddenOutputs, (values, [, tokens = 0, dims = 0]) => {
    if (dims !== facts.dims) throw new AppError('model/invalid', `vectors have ${dims} dimensions, not ${facts.dims}`);
    for (const [row, text] of batch.texts.entries()) {
      poolRow({ values, tokens, dims }, { row, length: own[row]!.ids.length, pooling: facts.pooling }, vectors, text * dims);
    }
  });
}

/** Runs every shape that `planBatches` can ask for once, so that no question waits for a shader to be compiled. */
async function warmUp({ encoder, facts: { maxTokens }, profile }: Loaded): Promise<void> {
  const rows = [...new Set([1, textsPerRun(profile)])];
  for (const tokens of usableBuckets(profile.buckets, maxTokens)) {
    for (const count of rows) await encoder.run([frameText([], encoder.frame, maxTokens)], { rows: count, tokens }, hiddenOutputs, () => {});
  }
}
