import type { Embedder } from '#core/embed/embedder.ts';
import type { Passage } from '#core/document/passage.ts';
import type { SegmentId } from '#core/ids.ts';
import { indexText } from '#core/language/index-text.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import type { EmbeddingCache } from './embedding-cache.ts';

/** Small enough that a question waits for at most some 20 ms of embedding by the bundled model. */
const defaultBatchRows = 64;

export type EmbedRowsDeps = { store: CorpusStore; embedder: Embedder; cache: EmbeddingCache };

export type EmbedRowsOptions = {
  signal: AbortSignal;
  onProgress: (rows: number, batch: readonly Passage[]) => void;
  /** Passages embedded, and kept, at a time: what is lost when the program ends. */
  batchRows?: number;
  /** Awaited before every batch. */
  beforeBatch?: () => Promise<void>;
};

/**
 * The vectors of all rows of a segment, row-major. Texts are read and embedded in batches between which messages are
 * answered; what is in the cache is not embedded again, and what is embedded goes there, so that an embedding cut off is
 * resumed and not repeated. Errors: `aborted`, those of store and embedder.
 */
export async function embedRows(
  { store, embedder, cache }: EmbedRowsDeps,
  segment: { id: SegmentId; rows: number },
  options: EmbedRowsOptions,
): Promise<Float32Array> {
  const { batchRows = defaultBatchRows } = options;
  const { dims } = embedder.profile;
  const vectors = new Float32Array(segment.rows * dims);
  for (let first = 0; first < segment.rows; first += batchRows) {
    await options.beforeBatch?.();
    options.signal.throwIfAborted();
    const rows = Array.from({ length: Math.min(batchRows, segment.rows - first) }, (_, i) => first + i);
    const passages = await store.readPassages(segment.id, rows);
    vectors.set(await embedTexts(embedder, cache, passages.map(indexText), options.signal), first * dims);
    options.onProgress(first + rows.length, passages);
    await yieldToMessages();
  }
  return vectors;
}

async function embedTexts(embedder: Embedder, cache: EmbeddingCache, texts: string[], signal: AbortSignal): Promise<Float32Array> {
  const { dims } = embedder.profile;
  const keys = await Promise.all(texts.map((text) => cache.keyOf(text)));
  const known = await cache.read(keys);
  const missing = texts.flatMap((_, i) => (known[i]?.length === dims ? [] : [i]));
  const fresh = missing.length === 0 ? new Float32Array(0) : await embedder.embedPassages(missing.map((i) => texts[i]!), signal);
  const result = new Float32Array(texts.length * dims);
  for (const [i, vector] of known.entries()) if (vector?.length === dims) result.set(vector, i * dims);
  const toCache = new Map<string, Float32Array>();
  for (const [nth, i] of missing.entries()) {
    const vector = fresh.slice(nth * dims, (nth + 1) * dims);
    result.set(vector, i * dims);
    toCache.set(keys[i]!, vector);
  }
  if (toCache.size > 0) await cache.write(toCache);
  return result;
}
