import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoModel, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { chunkerId } from '../../src/core/chunk/chunk-document.ts';
import type { Embedder } from '../../src/core/embed/embedder.ts';
import type { Sha256 } from '../../src/core/ids.ts';
import { modelCatalogue } from '../../src/core/models/model-catalogue.ts';
import type { Profile } from '../../src/core/segment/profile.ts';
import { VectorCache } from './vector-cache.ts';

export type NeuralDtype = 'q8' | 'fp16' | 'fp32';

type Encoder = { tokens: (text: string) => bigint[]; encode: (ids: readonly bigint[]) => Promise<Float32Array> };

const maxTokens = 256;
const separatorId = 102n;
const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/eval-vectors/', import.meta.url));

/**
 * A mean-pooled BERT model by transformers.js on the processor, one text at a time, since q8 vectors depend on what else
 * is in the batch. Vectors are cached by model file and text from run to run; how they are joined with keywords is what the
 * product's catalogue says of the model.
 */
export async function loadNeuralEmbedder(folder: string, dtype: NeuralDtype): Promise<Embedder> {
  const path = resolve(folder);
  const file = join(path, 'onnx', { q8: 'model_quantized.onnx', fp16: 'model_fp16.onnx', fp32: 'model.onnx' }[dtype]);
  const [commit, tokenizer] = await Promise.all([hashFile(file), hashFile(join(path, 'tokenizer.json'))]);
  const encoder = await loadEncoder(path, dtype);
  const { length: dims } = await encoder.encode(encoder.tokens('a'));
  const cache = new VectorCache(join(cacheFolder, `${commit.slice(0, 16)}.bin`), dims);
  const embed = async (text: string): Promise<Float32Array> => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const vector = await encoder.encode(encoder.tokens(text));
    cache.add(text, vector);
    return vector;
  };
  const id = `${basename(dirname(path))}/${basename(path)}`;
  const known = modelCatalogue.find((manifest) => manifest.id === id && manifest.embed !== undefined);
  if (known?.embed && (known.embed.pooling !== 'mean' || known.embed.queryPrefix !== '' || known.embed.passagePrefix !== '')) throw new Error(`${id}: only mean pooling without prefixes can be scored`);
  const { keywordWeight = 0.7, keywordWeightElsewhere, meaningScale } = known?.embed ?? {};
  const profile: Profile = {
    model: id, commit, dtype, tokenizer, pooling: 'mean', queryPrefix: '', passagePrefix: '', chunker: chunkerId, dims, maxTokens, canaries: [],
    keywordWeight, ...(keywordWeightElsewhere !== undefined && { keywordWeightElsewhere }), ...(meaningScale && { meaningScale }),
  };
  return {
    profile,
    ...(known?.languages && { languages: known.languages }),
    embedQuery: embed,
    embedPassages: async (texts) => {
      const vectors = new Float32Array(texts.length * dims);
      for (const [i, text] of texts.entries()) vectors.set(await embed(text), i * dims);
      return vectors;
    },
    countTokens: (text) => encoder.tokens(text).length - 2,
  };
}

async function loadEncoder(path: string, dtype: NeuralDtype): Promise<Encoder> {
  env.allowRemoteModels = false;
  env.localModelPath = `${dirname(path)}/`;
  const id = basename(path);
  const tokenizer = await AutoTokenizer.from_pretrained(id);
  const model = await AutoModel.from_pretrained(id, { dtype, device: 'cpu', session_options: { intraOpNumThreads: 2 } });
  const run = model as unknown as (inputs: Record<string, Tensor>) => Promise<{ last_hidden_state: Tensor }>;
  return {
    // The library cuts after it has added the separator; the last id must be one.
    tokens: (text) => {
      const ids = Array.from((tokenizer(text, { padding: false, truncation: false }) as { input_ids: Tensor }).input_ids.data as BigInt64Array);
      return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), separatorId];
    },
    encode: async (ids) => {
      const tensor = (values: bigint[]) => new Tensor('int64', BigInt64Array.from(values), [1, values.length]);
      const inputs = { input_ids: tensor([...ids]), attention_mask: tensor(ids.map(() => 1n)), token_type_ids: tensor(ids.map(() => 0n)) };
      return meanOf((await run(inputs)).last_hidden_state);
    },
  };
}

/** The mean over the tokens as a unit vector. */
function meanOf({ data, dims: [, tokens = 0, dims = 0] }: Tensor): Float32Array {
  const values = data as Float32Array;
  const sum = new Float32Array(dims);
  for (let token = 0; token < tokens; token += 1) {
    values.subarray(token * dims, (token + 1) * dims).forEach((value, d) => (sum[d] = (sum[d] ?? 0) + value));
  }
  const norm = Math.hypot(...sum);
  return sum.map((value) => value / norm);
}

function hashFile(path: string): Promise<Sha256> {
  return new Promise((resolvePromise, reject) => {
    const hash = createHash('sha256');
    createReadStream(path).on('data', (chunk) => hash.update(chunk)).on('error', reject).on('end', () => resolvePromise(hash.digest('hex') as Sha256));
  });
}
