import type { Sha256 } from '#core/ids.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../../worker/models/model-files.ts';

const commonPaths = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** Address of a model's folder on the server that serves this page. */
function folderOf(base: string, id: string): URL {
  return new URL(`models/${id}/resolve/main/`, base);
}

/** What is not at hand, in English, where this server does not serve the model. */
export async function missingModel(base: string, id: string): Promise<string | undefined> {
  const response = await fetch(new URL('config.json', folderOf(base, id)), { method: 'HEAD' });
  const isThere = response.ok && !(response.headers.get('Content-Type') ?? '').startsWith('text/html');
  return isThere ? undefined : `this server does not serve ${id}`;
}

/** The files of a model as the server has them, for one dtype: what a store would give of it. Sizes and hashes are not known. */
export async function fetchModelFiles(base: string, manifest: Omit<ModelManifest, 'files' | 'commit'>, dtype: string): Promise<ModelFiles> {
  const own = manifest.variants.find((variant) => variant.dtype === dtype)?.files ?? [];
  const blobs = new Map<string, Blob>();
  for (const path of [...commonPaths, ...own]) {
    const response = await fetch(new URL(path, folderOf(base, manifest.id)));
    if (response.ok) blobs.set(path, await response.blob());
  }
  const files = [...blobs].map(([path, { size }]) => ({ path, bytes: size, sha256: '' as Sha256 }));
  return { manifest: { ...manifest, files, commit: 'main' }, read: (path) => Promise.resolve(blobs.get(path)) };
}
