import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { FoundFile } from './file-hashes.ts';

/** Files of one folder by path below it. */
export type FoundFiles = Map<string, FoundFile>;

/** A model's folder. `commit` is set where the folder itself says which commit of the hub it holds. */
export type FoundModel = { id: string; commit?: string; files: FoundFiles };

/** What lies in a folder of models. `libraries`: web-llm's compiled libraries by `mlc/<version>/<file>`. */
export type FoundModels = { models: FoundModel[]; libraries: FoundFiles };

const ordinaryName = /^[A-Za-z0-9][\w.-]{0,95}$/;
const commitName = /^[0-9a-f]{40}$/;
const librariesFolder = 'mlc';
const deepest = 8;
const mostFilesOfAFolder = 10_000;

/**
 * Lists a folder of models: `<org>/<name>/...` in the hub's layout, `<org>/<name>/<commit>/...` for a copy of one commit of
 * the hub, `mlc/<version>/*.wasm` for web-llm. Hidden files are left out; a link is followed only to a file, and only
 * inside the folder. `root` must be a real path.
 */
export async function scanModels(root: string): Promise<FoundModels> {
  const models: FoundModel[] = [];
  for (const org of await listFolders(root)) {
    if (org === librariesFolder) continue;
    for (const name of await listFolders(join(root, org))) models.push(...(await scanModel(root, `${org}/${name}`)));
  }
  return { models, libraries: await scanLibraries(root) };
}

async function scanModel(root: string, id: string): Promise<FoundModel[]> {
  const commits = (await listFolders(join(root, id))).filter((name) => commitName.test(name));
  const models: FoundModel[] = [{ id, files: await listFiles(root, join(root, id), commits) }];
  for (const commit of commits) models.push({ id, commit, files: await listFiles(root, join(root, id, commit)) });
  return models.filter(({ files }) => files.size > 0);
}

async function scanLibraries(root: string): Promise<FoundFiles> {
  const files = await listFiles(root, join(root, librariesFolder));
  const libraries = [...files].filter(([path]) => /^[^/]+\/[^/]+\.wasm$/.test(path));
  return new Map(libraries.map(([path, file]) => [`${librariesFolder}/${path}`, file]));
}

async function listFolders(path: string): Promise<string[]> {
  const entries = await list(path);
  return entries.filter((entry) => entry.isDirectory() && ordinaryName.test(entry.name)).map(({ name }) => name).toSorted();
}

async function listFiles(root: string, folder: string, except: readonly string[] = []): Promise<FoundFiles> {
  const files: FoundFiles = new Map();
  const walk = async (below: string, depth: number): Promise<void> => {
    for (const entry of await list(join(folder, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith('.') || except.includes(path) || files.size >= mostFilesOfAFolder) continue;
      if (entry.isDirectory()) {
        if (depth < deepest) await walk(path, depth + 1);
        continue;
      }
      const file = await describeFile(root, join(folder, path));
      if (file) files.set(path, file);
    }
  };
  await walk('', 1);
  return files;
}

/** A folder that is not there or cannot be read holds nothing to serve. */
async function list(path: string): Promise<Dirent[]> {
  return readdir(path, { withFileTypes: true }).catch(() => []);
}

async function describeFile(root: string, path: string): Promise<FoundFile | undefined> {
  try {
    const realPath = await realpath(path);
    const stats = await lstat(realPath);
    if (!realPath.startsWith(root + sep) || !stats.isFile()) return undefined;
    return { realPath, bytes: stats.size, changedMs: stats.mtimeMs };
  } catch {
    return undefined;
  }
}
