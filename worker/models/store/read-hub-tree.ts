import { AppError } from '#core/errors/app-error.ts';
import type { Sha256 } from '#core/ids.ts';
import { integerAt, listAt, matchAt, objectAt, textAt } from '#core/models/checked-json.ts';

/** A file as the hub lists it: with the SHA-256 of a large one (Git LFS), or the git blob id of a small one. */
export type HubFile = { path: string; bytes: number; sha256?: Sha256; blobId: string };

const mostFiles = 10_000;

/** The files of a commit out of the hub's answer. Errors: `model/invalid`, naming the field, for anything else. */
export async function readHubTree(get: (url: string) => Promise<Uint8Array>, url: string): Promise<HubFile[]> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(await get(url)));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('model/invalid', 'the hub did not answer with JSON', { cause: error, detail: { field: 'hub.tree' } });
  }
  const items = listAt(json, 'hub.tree', mostFiles, (item, at) => ({ fields: objectAt(item, at), at }));
  return items.filter(({ fields }) => fields['type'] === 'file').map(({ fields, at }) => readFile(fields, at));
}

function readFile(fields: Record<string, unknown>, at: string): HubFile {
  const file: HubFile = {
    path: textAt(fields['path'], `${at}.path`, 1_000),
    bytes: integerAt(fields['size'], `${at}.size`, 0, 1e13),
    blobId: matchAt(fields['oid'], `${at}.oid`, /^[0-9a-f]{40}$/u, 'a git blob id'),
  };
  if (fields['lfs'] === undefined || fields['lfs'] === null) return file;
  const lfs = objectAt(fields['lfs'], `${at}.lfs`);
  return {
    ...file,
    bytes: integerAt(lfs['size'], `${at}.lfs.size`, 0, 1e13),
    sha256: matchAt(lfs['oid'], `${at}.lfs.oid`, /^[0-9a-f]{64}$/u, '64 lowercase hex characters') as Sha256,
  };
}
