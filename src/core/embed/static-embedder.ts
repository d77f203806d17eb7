import { AppError } from '../errors/app-error.ts';
import type { Canary, Profile } from '../segment/profile.ts';
import { sha256 } from '../segment/sha256.ts';
import type { Embedder } from './embedder.ts';
import { createWordpieceTokenizer } from './wordpiece-tokenizer.ts';

/** The files of a static model as bytes. `golden` gives the profile its canaries and may be left out. */
export type StaticModelFiles = {
  config: Uint8Array;
  vocab: Uint8Array;
  vectors: Uint8Array;
  scales: Uint8Array;
  golden?: Uint8Array;
};

/** What `config.json` of a static model says, as far as it is used here. */
type StaticConfig = { id: string; dtype: 'int4'; rows: number; dims: number; unkId: number; maxTokens: number; languages?: string[] };

const keywordWeight = 0.8;
const yieldAfterMs = 50;
const decoder = new TextDecoder();

function parseJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    return JSON.parse(decoder.decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError('invalid-input', 'a file of the static model is not JSON', { cause });
  }
}

function parseConfig(bytes: Uint8Array): StaticConfig {
  const config = parseJson(bytes);
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  const { id, dtype, rows, dims, unkId, maxTokens, languages } = config;
  if (typeof id !== 'string' || dtype !== 'int4' || !isCount(rows) || !isCount(dims) || dims % 2 !== 0)
    throw new AppError('invalid-input', 'config of the static model is not of a known form');
  if (!isCount(unkId) || !isCount(maxTokens)) throw new AppError('invalid-input', 'config of the static model lacks a limit');
  const known = Array.isArray(languages) && languages.every((language) => typeof language === 'string');
  return { id, dtype, rows, dims, unkId, maxTokens, ...(known && { languages }) };
}

function assertSizes(config: StaticConfig, files: StaticModelFiles, tokens: number): void {
  const { rows, dims } = config;
  const fits = files.vectors.length === (rows * dims) / 2 && files.scales.length === rows * 4 && tokens === rows;
  if (!fits) throw new AppError('invalid-input', 'files of the static model do not fit its config');
}

/** Two 4-bit values a byte, even dimension in the low nibble, value = nibble - 8. */
function unpackNibbles(packed: Uint8Array): Int8Array {
  const values = new Int8Array(packed.length * 2);
  for (let i = 0; i < packed.length; i++) {
    const byte = packed[i]!;
    values[2 * i] = (byte & 15) - 8;
    values[2 * i + 1] = (byte >> 4) - 8;
  }
  return values;
}

function readFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function readCanaries(golden: Uint8Array | undefined): Canary[] {
  if (golden === undefined) return [];
  const { cases } = parseJson(golden) as { cases: Canary[] };
  return cases.map(({ text, vector }) => ({ text, vector }));
}

/**
 * The embedder of a static model: a text's vector is the sum of its tokens' rows, L2-normalised. No neural runtime.
 * The profile is made from the files' bytes, so changed files have another profile id; `chunker` names the rules that
 * cut the passages. Errors: `invalid-input` when the files do not fit together.
 */
export async function createStaticEmbedder(files: StaticModelFiles, options: { chunker: string }): Promise<Embedder> {
  const config = parseConfig(files.config);
  const vocabulary = decoder.decode(files.vocab).replace(/\n$/, '').split('\n');
  assertSizes(config, files, vocabulary.length);
  const { dims, unkId, maxTokens } = config;
  const tokenizer = createWordpieceTokenizer(vocabulary, vocabulary[unkId]);
  const values = unpackNibbles(files.vectors);
  const scales = readFloats(files.scales);
  const profile: Profile = {
    model: config.id,
    commit: await sha256(concatenate(files.vectors, files.scales)),
    dtype: config.dtype,
    pooling: 'weighted-mean',
    queryPrefix: '',
    passagePrefix: '',
    tokenizer: await sha256(files.vocab),
    chunker: options.chunker,
    dims,
    maxTokens,
    keywordWeight,
    canaries: readCanaries(files.golden),
  };
  const sum = new Float64Array(dims);

  function embedInto(text: string, target: Float32Array, offset: number): void {
    sum.fill(0);
    for (const id of tokenizer.encode(text, maxTokens)) {
      if (id === unkId) continue;
      const scale = scales[id]!;
      const row = id * dims;
      for (let d = 0; d < dims; d++) sum[d]! += scale * values[row + d]!;
    }
    let squares = 0;
    for (let d = 0; d < dims; d++) squares += sum[d]! * sum[d]!;
    if (squares === 0) return;
    const factor = 1 / Math.sqrt(squares);
    for (let d = 0; d < dims; d++) target[offset + d] = sum[d]! * factor;
  }

  async function embedAll(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * dims);
    let lastYield = performance.now();
    for (const [i, text] of texts.entries()) {
      if (signal?.aborted === true) throw new AppError('aborted', 'embedding was aborted');
      embedInto(text, vectors, i * dims);
      if (performance.now() - lastYield < yieldAfterMs) continue;
      await new Promise<void>((resolve) => setTimeout(resolve));
      lastYield = performance.now();
    }
    return vectors;
  }

  return {
    profile,
    ...(config.languages && { languages: config.languages }),
    embedPassages: embedAll,
    embedQuery: (text, signal) => embedAll([text], signal),
    embedWords: (words) => {
      const vectors = new Float32Array(words.length * dims);
      for (const [i, word] of words.entries()) embedInto(word, vectors, i * dims);
      return vectors;
    },
    countTokens: (text) => tokenizer.count(text),
  };
}
