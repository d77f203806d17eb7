import type { ReadDocument, ReadRequest } from '#core/engine/read-document.ts';

export type ReadOptions = { signal: AbortSignal; onProgress: (progress: { done: number; total: number }) => void };

/**
 * Reads a file into finished segments without keeping this engine from answering. Errors: any of `source/...`, `aborted`
 * when the signal fires (at once: the reading thread may be ended for it).
 */
export type DocumentReader = {
  read: (request: ReadRequest, options: ReadOptions) => Promise<ReadDocument>;
};
