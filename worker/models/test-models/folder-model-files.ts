import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import type { Sha256 } from '#core/ids.ts';
import { contentRevision, isModelFile } from '#core/models/content-revision.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';

export type ModelDescription = Omit<ModelManifest, 'files' | 'commit'>;

/** A model in a folder, as if it were stored: what the folder's `alcove-model.json` or the caller says of it, and its files. */
export async function openFolder(folder: string, description?: ModelDescription): Promise<ModelFiles> {
  const facts = description ?? (JSON.parse(readFileSync(join(folder, 'alcove-model.json'), 'utf8')) as ModelDescription);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isModelFile)
    .toSorted();
  const files = paths.map((path) => {
    const bytes = readFileSync(join(folder, path));
    return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') as Sha256 };
  });
  return {
    manifest: { ...facts, files, commit: await contentRevision(files) },
    read: async (path) => (paths.includes(path) ? new Blob([await readFile(join(folder, path))]) : undefined),
  };
}
