import { readFile } from 'node:fs/promises';
import { chunkerId } from '../../src/core/chunk/chunk-document.ts';
import type { Embedder } from '../../src/core/embed/embedder.ts';
import { createStaticEmbedder } from '../../src/core/embed/static-embedder.ts';

const folder = new URL('../../public/models/alcove/static-en-v1/', import.meta.url);

/** The bundled static model, read from the repository. */
export async function loadEmbedder(): Promise<Embedder> {
  const read = async (name: string) => new Uint8Array(await readFile(new URL(name, folder)));
  const [config, vocab, vectors, scales] = await Promise.all([read('config.json'), read('vocab.txt'), read('vectors.bin'), read('scales.bin')]);
  return createStaticEmbedder({ config, vocab, vectors, scales }, { chunker: chunkerId });
}
