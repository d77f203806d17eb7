import { chunkerId } from '#core/chunk/chunk-document.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { createStaticEmbedder } from '#core/embed/static-embedder.ts';
import { createWordpieceTokenizer } from '#core/embed/wordpiece-tokenizer.ts';
import { AppError } from '#core/errors/app-error.ts';

/** Folder of the bundled model, below the app's address. */
const folder = 'models/alcove/static-en-v1/';

/** A file of the bundled model. Errors: `offline` where it cannot be had. */
export async function fetchModelFile(baseUrl: string, name: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(new URL(folder + name, baseUrl));
  } catch (cause) {
    throw new AppError('offline', `the model's ${name} could not be fetched`, { cause });
  }
  if (!response.ok) throw new AppError('offline', `the model's ${name} could not be fetched`, { detail: { status: response.status } });
  return new Uint8Array(await response.arrayBuffer());
}

/** The embedder of the bundled model. */
export async function loadStaticModel(baseUrl: string): Promise<Embedder> {
  const [config, vocab, vectors, scales] = await Promise.all([
    fetchModelFile(baseUrl, 'config.json'),
    fetchModelFile(baseUrl, 'vocab.txt'),
    fetchModelFile(baseUrl, 'vectors.bin'),
    fetchModelFile(baseUrl, 'scales.bin'),
  ]);
  return createStaticEmbedder({ config, vocab, vectors, scales }, { chunker: chunkerId });
}

/** What cutting needs of the bundled model: its tokenizer and its limit, without the vectors. */
export async function loadTokenCounter(baseUrl: string): Promise<{ countTokens: (text: string) => number; maxTokens: number }> {
  const [config, vocab] = await Promise.all([fetchModelFile(baseUrl, 'config.json'), fetchModelFile(baseUrl, 'vocab.txt')]);
  const decoder = new TextDecoder();
  const { maxTokens } = JSON.parse(decoder.decode(config)) as { maxTokens: number };
  const tokenizer = createWordpieceTokenizer(decoder.decode(vocab).replace(/\n$/, '').split('\n'));
  return { maxTokens, countTokens: (text) => tokenizer.count(text) };
}
