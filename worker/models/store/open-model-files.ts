import { AppError } from '#core/errors/app-error.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';
import { filePath, readRecord } from './model-record.ts';
import type { ModelShelf } from './model-shelf.ts';
import { createOpfsShelf } from './opfs-shelf.ts';

/**
 * The stored files of a model, in any realm: reading takes no lock and touches no network. Files were verified when they
 * were stored; here their size is looked at, which costs nothing. Errors: `model/missing` where the model is not stored
 * whole; from `read` also `model/corrupt` for a file of another size than it must have.
 */
export async function openModelFiles(key: ModelKey, shelf: ModelShelf = createOpfsShelf()): Promise<ModelFiles> {
  const record = await readRecord(shelf, key, 'complete');
  if (!record) throw new AppError('model/missing', `${key} is not stored`, { detail: { key } });
  const { manifest } = record;
  const files = new Map(manifest.files.map((file) => [file.path, file]));
  return {
    manifest,
    async read(path) {
      const file = files.get(path);
      if (!file) return undefined;
      const blob = await shelf.read(filePath(key, path));
      if (!blob) throw new AppError('model/missing', `${path} of ${key} is not stored`, { detail: { key, path } });
      if (blob.size !== file.bytes) throw new AppError('model/corrupt', `${path} of ${key} has ${blob.size} bytes instead of ${file.bytes}`, { detail: { key, path } });
      return blob;
    },
  };
}
