import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, toAppError } from '#core/errors/app-error.ts';
import type { Sha256 } from '#core/ids.ts';
import { isModelFile } from '#core/models/content-revision.ts';
import type { ServedModel } from '#core/models/served-model.ts';
import { describeModel } from './describe-model.ts';
import { FileHashes, type FoundFile } from './file-hashes.ts';
import { type FoundModel, type FoundModels, scanModels } from './scan-models.ts';

/** A file as it is sent. `isFixed`: its address stands for its content, so it may be kept for ever. */
export type ServedFile = { file: FoundFile; path: string; isFixed: boolean; sha256: () => Promise<Sha256> };

/** A folder of models as the server offers it. What is added to it or changed in it is noticed when it is next asked for. */
export type ModelFolder = {
  /**
   * The file of an address below `/models/`, `<org>/<name>/resolve/<revision>/<path>`, where the revision is `main`, the
   * folder's content revision or the commit it is named after; or of `mlc/<version>/<file>`.
   */
  find(address: string): Promise<ServedFile | undefined>;
  /**
   * The models, by id. A model can be listed when its files have been hashed, which happens once for each and begins when
   * the folder is opened; those that take longer than `withinMs` are left out this time.
   */
  list(withinMs?: number): Promise<ServedModel[]>;
  /** Must be called when a file turns out not to be what `find` said: the folder is looked through anew. */
  forget(): void;
};

export type ModelFolderOptions = { log: (line: string) => void; now?: () => number };

/** The folder is looked through no more often than this, however often it is asked for something that it has not. */
const rescanAfterMs = 2_000;

/** Opens a folder of models in the layout of `scanModels`. Errors: `invalid-input` where there is no such folder. */
export async function openModelFolder(path: string, { log, now = Date.now }: ModelFolderOptions): Promise<ModelFolder> {
  const root = await realpath(resolve(path)).catch(() => undefined);
  if (root === undefined || !(await stat(root)).isDirectory()) {
    throw new AppError('invalid-input', `MODELS__DIR: there is no folder ${resolve(path)}.`);
  }
  const hashes = new FileHashes();
  const describe = describeOnce(hashes, log);
  let scan: { at: number; found: Promise<FoundModels> } | undefined;
  const read = (mayBeOld: boolean): Promise<FoundModels> => {
    if (!scan || (!mayBeOld && now() - scan.at >= rescanAfterMs)) scan = { at: now(), found: scanModels(root) };
    return scan.found;
  };
  const folder: ModelFolder = {
    async find(address) {
      return (await findFile(address, await read(true), hashes, describe)) ?? findFile(address, await read(false), hashes, describe);
    },
    async list(withinMs) {
      const found = await read(false);
      const isLate = withinMs === undefined ? undefined : pause(withinMs, undefined, { ref: false });
      const models = await Promise.all(found.models.map((model) => Promise.race([describe(model, found), ...(isLate ? [isLate] : [])])));
      return models.filter((model) => model !== undefined);
    },
    forget: () => (scan = undefined),
  };
  folder.list().catch((error: unknown) => log(`The models cannot be read: ${toAppError(error).message}`));
  return folder;
}

type Describe = (model: FoundModel, found: FoundModels) => Promise<ServedModel | undefined>;

/** Describes a model once for each time the folder was looked through; what cannot be offered is said once and left out. */
function describeOnce(hashes: FileHashes, log: (line: string) => void): Describe {
  const described = new WeakMap<FoundModel, Promise<ServedModel | undefined>>();
  const said = new Set<string>();
  const complain = ({ id }: FoundModel, error: unknown) => {
    const line = `The model in ${id} is not offered: ${toAppError(error).message}`;
    if (!said.has(line)) log(line);
    said.add(line);
  };
  return (model, { libraries }) => {
    const known = described.get(model) ?? describeModel(model, libraries, hashes).catch((error: unknown) => {
      complain(model, error);
      return undefined;
    });
    described.set(model, known);
    return known;
  };
}

async function findFile(address: string, found: FoundModels, hashes: FileHashes, describe: Describe): Promise<ServedFile | undefined> {
  const library = found.libraries.get(address);
  if (library) return { file: library, path: address, isFixed: false, sha256: () => hashes.hash(library) };
  const [, id, revision, path = ''] = /^([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/s.exec(address) ?? [];
  for (const model of found.models) {
    if (model.id !== id) continue;
    const file = model.files.get(path) ?? (path.startsWith('mlc/') ? found.libraries.get(path) : undefined);
    if (!file) continue;
    const isMain = revision === 'main' && model.commit === undefined;
    if (isMain || revision === (model.commit ?? (await describe(model, found))?.commit)) {
      return { file, path, isFixed: !isMain && isModelFile(path), sha256: () => hashes.hash(file) };
    }
  }
  return undefined;
}
