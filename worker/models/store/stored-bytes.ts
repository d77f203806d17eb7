import type { ModelKey } from '#core/models/model-manifest.ts';
import { bytesOf, neededFiles } from '#core/models/needed-files.ts';
import { filePath, partPath } from './model-record.ts';
import type { ModelRecord } from './model-record.ts';
import type { ShelfFile } from './model-shelf.ts';

/** Bytes of the files a record needs, and how many of them are there, in place or in parts. */
export function storedBytesOf(key: ModelKey, { manifest, dtypes }: Pick<ModelRecord, 'manifest' | 'dtypes'>, stored: readonly ShelfFile[]): { loadedBytes: number; totalBytes: number } {
  const there = new Map(stored.map(({ path, bytes }) => [path, bytes]));
  const needed = neededFiles(manifest, dtypes);
  const loaded = needed.map((file) => Math.min(file.bytes, there.get(filePath(key, file.path)) ?? there.get(partPath(key, file.path)) ?? 0));
  return { loadedBytes: loaded.reduce((sum, bytes) => sum + bytes, 0), totalBytes: bytesOf(needed) };
}
