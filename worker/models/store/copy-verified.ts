import { AppError } from '#core/errors/app-error.ts';
import type { ModelFile } from '#core/models/model-manifest.ts';
import { openPartFile, readThrough } from './part-file.ts';
import type { ModelShelf } from './model-shelf.ts';

export type CopyOptions = { file: ModelFile; shelf: ModelShelf; partPath: string; filePath: string; signal: AbortSignal; onBytes?(bytes: number): void };

/**
 * Copies bytes from somewhere on this device into place, where they are the file. Errors: `model/corrupt` where they are not
 * (nothing is left behind), what the shelf or the stream throws, and the signal's reason.
 */
export async function copyVerified(stream: ReadableStream<Uint8Array>, { file, shelf, partPath, filePath, signal, onBytes }: CopyOptions): Promise<void> {
  const part = await openPartFile(shelf, partPath, 0, signal);
  let isRight = false;
  try {
    await readThrough(stream, async (chunk) => {
      if (part.bytes + chunk.length > file.bytes) throw corrupt(file);
      await part.append(chunk);
      onBytes?.(part.bytes);
    }, signal);
    isRight = part.bytes === file.bytes && part.digest() === file.sha256;
    if (!isRight) throw corrupt(file);
  } finally {
    await part.close();
    if (!isRight) await shelf.remove(partPath);
  }
  await shelf.move(partPath, filePath);
}

function corrupt({ path }: ModelFile): AppError {
  return new AppError('model/corrupt', `the bytes given as ${path} are not this file`, { detail: { path } });
}
