import type { ProfileId } from '#core/ids.ts';
import type { AlcoveDatabase } from '../store/database.ts';

/** Rows kept at most; beyond it the oldest tenth goes. A row of the bundled model has 1 KB. */
const maxRows = 20_000;

/** Vectors of texts embedded before, so that the same text is not embedded again after a crash, a re-reading or a copy. */
export type EmbeddingCache = {
  keyOf: (text: string) => Promise<string>;
  read: (keys: readonly string[]) => Promise<(Float32Array | undefined)[]>;
  write: (vectors: ReadonlyMap<string, Float32Array>) => Promise<void>;
};

export function createEmbeddingCache({ embeddings }: AlcoveDatabase, profile: ProfileId, now: () => number): EmbeddingCache {
  const encoder = new TextEncoder();

  const trim = async (): Promise<void> => {
    if ((await embeddings.count()) <= maxRows) return;
    const oldest = await embeddings.orderBy('at').limit(maxRows / 10).primaryKeys();
    await embeddings.bulkDelete(oldest);
  };

  return {
    // 128 bits of SHA-256, a character a byte: a short key keeps the index small.
    keyOf: async (text) => {
      const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`${profile}\n${text}`));
      return String.fromCharCode(...new Uint8Array(digest, 0, 16));
    },
    read: async (keys) => (await embeddings.bulkGet([...keys])).map((record) => record?.vector),
    write: async (vectors) => {
      const at = now();
      await embeddings.bulkPut(Array.from(vectors, ([key, vector]) => ({ key, at, vector })));
      await trim();
    },
  };
}
