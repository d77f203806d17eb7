import type { Embedder } from '#core/embed/embedder.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Sha256 } from '#core/ids.ts';

export type FakeNeuralEmbedder = Embedder & {
  /** Texts of passages embedded so far. */
  embedded: string[];
  /** While set, every call fails with it. */
  error: AppError | undefined;
  /** Awaited before every call of passages. */
  beforePassages: () => Promise<void>;
};

const dims = 32;

/** A model that knows texts by their letters; another `name` makes another profile. */
export function createFakeNeuralEmbedder(name = 'letters'): FakeNeuralEmbedder {
  const embedder: FakeNeuralEmbedder = {
    profile: {
      model: `test/${name}`, commit: '1', dtype: 'q8', pooling: 'mean', queryPrefix: '', passagePrefix: '', tokenizer: '0'.repeat(64) as Sha256,
      chunker: 'test', dims, maxTokens: 256, keywordWeight: 0.7, canaries: [],
    },
    device: 'wasm',
    embedded: [],
    error: undefined,
    beforePassages: () => Promise.resolve(),
    embedPassages: async (texts, signal) => {
      await embedder.beforePassages();
      if (signal?.aborted === true) throw new AppError('aborted', 'called off');
      if (embedder.error !== undefined) throw embedder.error;
      embedder.embedded.push(...texts);
      return Float32Array.from(texts.flatMap((text) => [...countLetters(text)]));
    },
    embedQuery: (text) => (embedder.error === undefined ? Promise.resolve(countLetters(text)) : Promise.reject(embedder.error)),
    countTokens: (text) => text.length,
  };
  return embedder;
}

function countLetters(text: string): Float32Array {
  const vector = new Float32Array(dims);
  for (const letter of text.toLowerCase().match(/[a-z]/g) ?? []) {
    const at = letter.charCodeAt(0) - 97;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
