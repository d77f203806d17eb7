import type { StaticModelFiles } from '#core/embed/static-embedder.ts';

const folder = 'models/alcove/static-en-v1/';

/** Fetches the bundled model from the site's own files. Rejects where one is missing. */
export async function readStaticModel(base: string): Promise<StaticModelFiles> {
  const read = async (name: string): Promise<Uint8Array> => {
    const response = await fetch(new URL(folder + name, base));
    if (!response.ok) throw new Error(`${name} of the static model: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const [config, vocab, vectors, scales] = await Promise.all(['config.json', 'vocab.txt', 'vectors.bin', 'scales.bin'].map(read));
  return { config: config!, vocab: vocab!, vectors: vectors!, scales: scales! };
}
