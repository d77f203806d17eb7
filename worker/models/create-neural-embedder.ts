import type { Embedder } from '#core/embed/embedder.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { ModelDtype, ModelManifest } from '#core/models/model-manifest.ts';
import type { Profile } from '#core/segment/profile.ts';
import type { SupervisedModel } from './supervisor/supervised-model.ts';

export type NeuralEmbedderOptions = {
  manifest: ModelManifest;
  /** What the vectors are made with. When the model goes on as another, this embedder ends. */
  dtype: ModelDtype;
  /** `chunkerId` of the passages to be embedded. */
  chunker: string;
  model: Pick<SupervisedModel, 'call' | 'state'>;
  /**
   * The bundled model's: passages are cut once, by its tokenizer, and serve all profiles. The model's own count differs by
   * little where both were made from English words, and what goes beyond its limit it does not read.
   */
  countTokens: (text: string) => number;
};

/** Passages of one call take about this long, so that a question that waits for one does not wait for more. */
const callMs = 100;
const maxTextsOfCall = 64;

/**
 * The `Embedder` port over a supervised model. Passages go out in short calls, those of like length together; a question
 * overtakes them. Errors besides the port's: those of `SupervisedModel`, and `engine-gone` once the model runs with another
 * dtype than its vectors were promised in. Errors of creation: `model/invalid`.
 */
export function createNeuralEmbedder({ manifest, dtype, chunker, model, countTokens }: NeuralEmbedderOptions): Embedder {
  const profile = neuralProfile(manifest, dtype, chunker);
  const { dims } = profile;

  async function embed(texts: readonly string[], kind: 'query' | 'passage', signal: AbortSignal | undefined): Promise<Float32Array> {
    const vectors = await model.call('embed', [texts, kind], { signal, isUrgent: kind === 'query' });
    const { state } = model;
    // Made after the supervisor fell back to another dtype, these would be vectors of another profile.
    if (state.phase === 'ready' && state.profile.dtype !== dtype) {
      throw new AppError('engine-gone', `${manifest.id} runs as ${state.profile.dtype} now, not as ${dtype}`);
    }
    if (vectors.length !== texts.length * dims) throw new AppError('internal', `${vectors.length} values for ${texts.length} texts`);
    return vectors;
  }

  async function embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    if (signal?.aborted === true) throw new AppError('aborted', 'embedding was called off');
    const size = textsOfCall(model.state);
    const order = Array.from(texts, (_, i) => i).toSorted((a, b) => texts[a]!.length - texts[b]!.length);
    const all = new Float32Array(texts.length * dims);
    for (let from = 0; from < order.length; from += size) {
      const part = order.slice(from, from + size);
      const vectors = await embed(part.map((i) => texts[i]!), 'passage', signal);
      for (const [row, i] of part.entries()) all.set(vectors.subarray(row * dims, (row + 1) * dims), i * dims);
    }
    return all;
  }

  return {
    profile,
    ...(manifest.languages && { languages: manifest.languages }),
    embedPassages,
    embedQuery: (text, signal) => embed([text], 'query', signal),
    countTokens,
  };
}

/** What vectors of this model mean. Its tokenizer is known by the hash of its file. Errors: `model/invalid`. */
export function neuralProfile(manifest: ModelManifest, dtype: ModelDtype, chunker: string): Profile {
  const tokenizer = manifest.files.find(({ path }) => path === 'tokenizer.json')?.sha256;
  if (manifest.embed === undefined || tokenizer === undefined) {
    throw new AppError('model/invalid', `${manifest.id} does not say how it makes vectors or has no tokenizer`);
  }
  return { model: manifest.id, commit: manifest.commit, dtype, tokenizer, chunker, ...manifest.embed };
}

/** On a GPU whole batches. */
function textsOfCall(state: SupervisedModel['state']): number {
  if (state.phase !== 'ready') return 1;
  const { speed, profile: { batch, device } } = state;
  const wanted = Math.min(maxTextsOfCall, Math.max(1, Math.round((speed * callMs) / 1000)));
  return device === 'webgpu' ? Math.max(1, Math.ceil(wanted / batch)) * batch : wanted;
}
