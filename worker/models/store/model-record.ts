import { checkModelManifest } from '#core/models/check-model-manifest.ts';
import { listAt, objectAt, oneOf } from '#core/models/checked-json.ts';
import type { ModelDtype, ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { readModelKey } from '#core/models/model-path.ts';
import type { ModelShelf } from './model-shelf.ts';

/** Where a model's files come from, as the person is told. */
export type FileOrigin = 'same-origin' | 'hub' | 'files';

/**
 * What a model's folder says of itself. Written as `wanted` before the first byte is fetched, and as `complete` after the
 * last was verified: only the second makes the model one that can be opened. The manifest is resolved, so what the hub
 * said is kept, and a download goes on with the same commit. `isOfHub`: the hub has these files under the manifest's commit.
 */
export type ModelRecord = { manifest: ModelManifest; dtypes: ModelDtype[]; origin?: FileOrigin; isOfHub: boolean };

const mostRecordBytes = 8e6;

/** A folder's path, by the key of the catalogue's entry. Errors: `model/invalid` for what is no key. */
export function folderOf(key: ModelKey): string {
  const { id, commit } = readModelKey(key);
  return `${id}/${commit}/`;
}

/** Key of the folder that a path on the shelf lies in; `undefined` for what no model owns. */
export function keyOfPath(path: string): ModelKey | undefined {
  const [org, name, commit, rest] = path.split('/');
  return rest === undefined ? undefined : (`${org}/${name}@${commit}` as ModelKey);
}

export function filePath(key: ModelKey, path: string): string {
  return `${folderOf(key)}files/${path}`;
}

/** Where a file's bytes are gathered until they are verified. */
export function partPath(key: ModelKey, path: string): string {
  return `${folderOf(key)}parts/${path}`;
}

export function recordPath(key: ModelKey, kind: 'wanted' | 'complete'): string {
  return `${folderOf(key)}${kind}.json`;
}

/** `undefined` where there is none, or one that cannot be read: the model then counts as not there. */
export async function readRecord(shelf: ModelShelf, key: ModelKey, kind: 'wanted' | 'complete'): Promise<ModelRecord | undefined> {
  const blob = await shelf.read(recordPath(key, kind));
  if (!blob || blob.size > mostRecordBytes) return undefined;
  try {
    return checkRecord(JSON.parse(await blob.text()));
  } catch {
    return undefined;
  }
}

/** Written beside and moved over, so that a crash leaves the old one or the new one. */
export async function writeRecord(shelf: ModelShelf, key: ModelKey, kind: 'wanted' | 'complete', record: ModelRecord): Promise<void> {
  const path = recordPath(key, kind);
  const writer = await shelf.write(`${path}.new`, 0);
  try {
    await writer.write(new TextEncoder().encode(JSON.stringify(record)));
  } finally {
    await writer.close();
  }
  await shelf.move(`${path}.new`, path);
}

function checkRecord(json: unknown): ModelRecord {
  const fields = objectAt(json, 'record');
  const manifest = checkModelManifest(fields['manifest'], 'record.manifest');
  const known = manifest.variants.map(({ dtype }) => dtype);
  const record: ModelRecord = {
    manifest,
    dtypes: listAt(fields['dtypes'], 'record.dtypes', known.length, (item, at) => oneOf(item, at, known)),
    isOfHub: fields['isOfHub'] === true,
  };
  if (fields['origin'] !== undefined) record.origin = oneOf(fields['origin'], 'record.origin', ['same-origin', 'hub', 'files']);
  return record;
}
