import { readFile } from 'node:fs/promises';
import { AppError } from '#core/errors/app-error.ts';
import { checkModelDescription, checkServedModels, type ModelDescription } from '#core/models/check-model-manifest.ts';
import { contentRevision, isModelFile } from '#core/models/content-revision.ts';
import type { ModelFile } from '#core/models/model-manifest.ts';
import type { ServedModel } from '#core/models/served-model.ts';
import { libraryPath } from '#core/models/web-llm-library.ts';
import type { FileHashes, FoundFile } from './file-hashes.ts';
import type { FoundFiles, FoundModel } from './scan-models.ts';

const descriptionName = 'alcove-model.json';
const mostDescriptionBytes = 1_000_000;

/**
 * A folder as a model that the page can install: its files with sizes and hashes, the commit it is named after or else its
 * content revision, and what its `alcove-model.json` says of it. A model of web-llm has its compiled library among its
 * files. Errors: `model/invalid` where the page would refuse it, in words for whoever keeps the folder.
 */
export async function describeModel(found: FoundModel, libraries: FoundFiles, hashes: FileHashes): Promise<ServedModel> {
  const description = await readDescription(found);
  const files = await listModelFiles(found, libraries, description, hashes);
  const commit = found.commit ?? (await contentRevision(files));
  const model: ServedModel = { id: found.id, ...description, commit, files };
  checkServedModels({ hub: null, models: [model] });
  return model;
}

async function readDescription({ id, files }: FoundModel): Promise<ModelDescription | undefined> {
  const file = files.get(descriptionName);
  if (!file) return undefined;
  if (file.bytes > mostDescriptionBytes) throw new AppError('model/invalid', `${descriptionName} is larger than ${mostDescriptionBytes} bytes`);
  const description = checkModelDescription(parse(await readFile(file.realPath, 'utf8')), descriptionName);
  if (description.id !== id) throw new AppError('model/invalid', `${descriptionName} is of ${description.id}, but lies in the folder ${id}`);
  return description;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('model/invalid', `${descriptionName} is not JSON: ${String(error)}`, { cause: error });
  }
}

async function listModelFiles(
  found: FoundModel,
  libraries: FoundFiles,
  description: ModelDescription | undefined,
  hashes: FileHashes,
): Promise<ModelFile[]> {
  const members: [path: string, file: FoundFile][] = [...found.files].filter(([path]) => isModelFile(path));
  const path = description && libraryPath(description);
  const library = path === undefined ? undefined : libraries.get(path);
  if (path !== undefined && library) members.push([path, library]);
  const files: ModelFile[] = [];
  for (const [path, file] of members.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    files.push({ path, bytes: file.bytes, sha256: await hashes.hash(file) });
  }
  return files;
}
