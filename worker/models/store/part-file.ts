import { createSHA256 } from 'hash-wasm';
import type { Sha256 } from '#core/ids.ts';
import type { ModelShelf } from './model-shelf.ts';

/** A file being gathered: what is there of it, and its hash as far as it has come. */
export type PartFile = {
  readonly bytes: number;
  append(chunk: Uint8Array): Promise<void>;
  /** Throws away what is there. */
  restart(): Promise<void>;
  /** SHA-256 of what is there, in lowercase hex. Nothing may be appended after it but `restart`. */
  digest(): string;
  /** Closes the file; what is there stays and can be gone on with. Once more does nothing. */
  close(): Promise<void>;
};

/**
 * Opens a part file to go on with. What is there is read and hashed first, so that nothing depends on how an earlier run
 * ended; more than `mostBytes` cannot be right and is thrown away.
 */
export async function openPartFile(shelf: ModelShelf, path: string, mostBytes: number, signal: AbortSignal): Promise<PartFile> {
  const hasher = await createSHA256();
  hasher.init();
  const stored = await shelf.read(path);
  const keepBytes = stored && stored.size <= mostBytes ? stored.size : 0;
  if (stored && keepBytes > 0) await readThrough(stored.stream(), (chunk) => void hasher.update(chunk), signal);
  let writer = await shelf.write(path, keepBytes);
  let bytes = keepBytes;
  return {
    get bytes() {
      return bytes;
    },
    async append(chunk) {
      await writer.write(chunk);
      hasher.update(chunk);
      bytes += chunk.length;
    },
    async restart() {
      await writer.close();
      writer = await shelf.write(path, 0);
      hasher.init();
      bytes = 0;
    },
    digest: () => hasher.digest('hex'),
    close: () => writer.close(),
  };
}

/** Pulls a stream chunk by chunk. Errors: `signal`'s reason when it is aborted, and whatever the stream or `take` throws. */
export async function readThrough(stream: ReadableStream<Uint8Array>, take: (chunk: Uint8Array) => void | Promise<void>, signal: AbortSignal): Promise<void> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      signal.throwIfAborted();
      await take(part.value);
    }
  } catch (error) {
    void reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

/** SHA-256 of what a stream brings, read in pieces. */
export async function sha256OfStream(stream: ReadableStream<Uint8Array>, signal: AbortSignal, onChunk?: (bytes: number) => void): Promise<Sha256> {
  const hasher = await createSHA256();
  hasher.init();
  await readThrough(stream, (chunk) => {
    hasher.update(chunk);
    onChunk?.(chunk.length);
  }, signal);
  return hasher.digest('hex') as Sha256;
}
