import type { ModelDtype, ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { bytesOf } from '#core/models/needed-files.ts';
import { folderOf, keyOfPath, readRecord, recordPath } from './model-record.ts';
import type { FileOrigin } from './model-record.ts';
import type { ModelShelf, ShelfFile } from './model-shelf.ts';
import { storedBytesOf } from './stored-bytes.ts';

/** A model of which something is stored. */
export type StoredModel = {
  key: ModelKey;
  /** Resolved: with files, and the hub's commit where it came from the hub. */
  manifest: ModelManifest;
  /** What is wanted here; for these `loadedBytes` of `totalBytes` are there. */
  dtypes: ModelDtype[];
  /** Dtypes that can be opened now; empty until the first download is whole. */
  usableDtypes: ModelDtype[];
  isWhole: boolean;
  loadedBytes: number;
  totalBytes: number;
  /** On disk in all. */
  storedBytes: number;
  origin?: FileOrigin;
};

/** Everything stored of which there is a record. */
export async function listStoredModels(shelf: ModelShelf): Promise<StoredModel[]> {
  const folders = byKey(await shelf.list(''));
  const models: StoredModel[] = [];
  for (const [key, files] of folders) {
    const model = await describeStored(shelf, key, files);
    if (model) models.push(model);
  }
  return models;
}

/**
 * Removes folders that no record speaks for: what a removal leaves that was ended in its middle. A record being written
 * counts.
 */
export async function sweepShelf(shelf: ModelShelf): Promise<void> {
  const folders = byKey(await shelf.list(''));
  for (const [key, files] of folders) {
    const records = [recordPath(key, 'wanted'), recordPath(key, 'complete')].flatMap((path) => [path, `${path}.new`]);
    if (!files.some(({ path }) => records.includes(path))) await shelf.remove(folderOf(key));
  }
}

function byKey(files: readonly ShelfFile[]): Map<ModelKey, ShelfFile[]> {
  const folders = new Map<ModelKey, ShelfFile[]>();
  for (const file of files) {
    const key = keyOfPath(file.path);
    const folder = key && folders.get(key);
    if (folder) folder.push(file);
    else if (key) folders.set(key, [file]);
  }
  return folders;
}

async function describeStored(shelf: ModelShelf, key: ModelKey, files: readonly ShelfFile[]): Promise<StoredModel | undefined> {
  const hasRecord = (kind: 'wanted' | 'complete') => files.some(({ path }) => path === recordPath(key, kind));
  const complete = hasRecord('complete') ? await readRecord(shelf, key, 'complete') : undefined;
  const wanted = (hasRecord('wanted') ? await readRecord(shelf, key, 'wanted') : undefined) ?? complete;
  if (!wanted) return undefined;
  const { manifest, dtypes, origin } = wanted;
  const { loadedBytes, totalBytes } = storedBytesOf(key, wanted, files);
  const isWhole = complete !== undefined && dtypes.every((dtype) => complete.dtypes.includes(dtype));
  return {
    key,
    manifest,
    dtypes,
    usableDtypes: complete?.dtypes ?? [],
    isWhole,
    loadedBytes: isWhole ? totalBytes : loadedBytes,
    totalBytes,
    storedBytes: bytesOf(files),
    ...(origin && { origin }),
  };
}
