import { AppError } from '#core/errors/app-error.ts';
import type { Sha256 } from '#core/ids.ts';
import { checkModelDescription, checkModelManifest } from '#core/models/check-model-manifest.ts';
import { contentRevision, isModelFile } from '#core/models/content-revision.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelDtype, ModelFile, ModelManifest } from '#core/models/model-manifest.ts';
import { bytesOf, neededFiles } from '#core/models/needed-files.ts';
import type { BytesAtHand } from './fetch-missing.ts';
import type { GivenEntry } from './open-given-files.ts';
import { sha256OfStream } from './part-file.ts';

export type FoundModel = { manifest: ModelManifest; dtypes: ModelDtype[]; files: BytesAtHand };

const descriptionName = 'alcove-model.json';
const mostDescriptionBytes = 2e6;
const mostEntries = 5_000;

/**
 * The models that given files make up. Names count for nothing where hashes are known: a file is what its bytes are. Only
 * files that may belong to a model by their size, or lie in a folder with a description, are read. Errors: see
 * `ModelStore.importFiles`.
 */
export async function findGivenModels(entries: readonly GivenEntry[], known: readonly ModelManifest[], signal: AbortSignal): Promise<FoundModel[]> {
  if (entries.length > mostEntries) throw new AppError('model/invalid', `more than ${mostEntries} files were given; choose a model's own folder`);
  const hashOf = createHashOf(signal);
  const described = await Promise.all(entries.filter(({ path }) => nameOf(path) === descriptionName).map((entry) => readDescribed(entry, entries, hashOf)));
  const resolved = known.filter(({ isUnresolved }) => !isUnresolved);
  const sizes = new Set(resolved.flatMap(({ files }) => files.map(({ bytes }) => bytes)));
  const byHash = new Map<Sha256, GivenEntry>();
  for (const entry of entries) if (sizes.has(entry.bytes)) byHash.set(await hashOf(entry), entry);
  const found = new Map(resolved.flatMap((manifest) => matchKnown(manifest, byHash)).map((model) => [modelKey(model.manifest), model]));
  for (const model of described) {
    const key = modelKey(model.manifest);
    if (!found.has(key)) found.set(key, model);
  }
  if (found.size === 0) throw await explainNone(entries, resolved, byHash, hashOf);
  return [...found.values()];
}

function matchKnown(manifest: ModelManifest, byHash: ReadonlyMap<Sha256, GivenEntry>): FoundModel[] {
  const dtypes = manifest.variants.map(({ dtype }) => dtype).filter((dtype) => neededFiles(manifest, [dtype]).every(({ sha256 }) => byHash.has(sha256)));
  return dtypes.length > 0 ? [{ manifest, dtypes, files: atHand(byHash) }] : [];
}

function atHand(byHash: ReadonlyMap<Sha256, GivenEntry>): BytesAtHand {
  return new Map([...byHash].map(([sha256, entry]) => [sha256, { origin: 'files', open: () => entry.open() }]));
}

/** A model by the description in its folder; its commit is the revision of what lies there. */
async function readDescribed(entry: GivenEntry, entries: readonly GivenEntry[], hashOf: HashOf): Promise<FoundModel> {
  if (entry.bytes > mostDescriptionBytes) throw new AppError('model/invalid', `${descriptionName} is too large`);
  const description = checkModelDescription(parseJson(await new Response(await entry.open()).text()));
  const folder = entry.path.slice(0, entry.path.length - descriptionName.length);
  const own = entries.filter(({ path }) => path.startsWith(folder) && isModelFile(path.slice(folder.length)));
  const files: ModelFile[] = [];
  const byHash = new Map<Sha256, GivenEntry>();
  for (const item of own) {
    const sha256 = await hashOf(item);
    files.push({ path: item.path.slice(folder.length), bytes: item.bytes, sha256 });
    byHash.set(sha256, item);
  }
  const paths = new Set(files.map(({ path }) => path));
  const variants = description.variants.filter((variant) => variant.files.every((path) => paths.has(path)));
  if (variants.length === 0) throw new AppError('model/invalid', `the folder of ${descriptionName} has no variant's files`, { detail: { model: description.id } });
  const manifest = checkModelManifest({ ...description, variants, commit: await contentRevision(files), files });
  return { manifest, dtypes: variants.map(({ dtype }) => dtype), files: atHand(byHash) };
}

/** Says what is missing or wrong of the model that the files are most of, or what was expected. */
async function explainNone(entries: readonly GivenEntry[], known: readonly ModelManifest[], byHash: ReadonlyMap<Sha256, GivenEntry>, hashOf: HashOf): Promise<AppError> {
  const matched = known.map((manifest) => ({ manifest, bytes: bytesOf(manifest.files.filter(({ sha256 }) => byHash.has(sha256))) })).sort((a, b) => b.bytes - a.bytes);
  for (const { manifest } of matched) {
    for (const file of manifest.files) {
      const namesake = entries.find(({ path }) => path.endsWith(`${nameOf(manifest.id)}/${file.path}`));
      const isOther = namesake && (namesake.bytes !== file.bytes || (await hashOf(namesake)) !== file.sha256);
      if (isOther) return new AppError('model/corrupt', `${namesake.path} has other bytes than ${file.path} of ${manifest.id}`, { detail: { model: manifest.id, path: file.path } });
    }
  }
  const best = matched[0];
  if (best && best.bytes > 0) {
    const needs = best.manifest.variants.map(({ dtype }) => neededFiles(best.manifest, [dtype]).filter(({ sha256 }) => !byHash.has(sha256)));
    const missing = needs.sort((a, b) => bytesOf(a) - bytesOf(b))[0]?.[0];
    return new AppError('model/invalid', `these are files of ${best.manifest.id}, but ${missing?.path} is missing`, { detail: { model: best.manifest.id, path: missing?.path ?? '' } });
  }
  return new AppError('model/invalid', `no model was found; expected the files of a model in the list, or a folder with ${descriptionName}`);
}

type HashOf = (entry: GivenEntry) => Promise<Sha256>;

function createHashOf(signal: AbortSignal): HashOf {
  const hashes = new Map<GivenEntry, Promise<Sha256>>();
  return (entry) => {
    const hash = hashes.get(entry) ?? entry.open().then((stream) => sha256OfStream(stream, signal));
    hashes.set(entry, hash);
    return hash;
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('model/invalid', `${descriptionName} is not JSON`, { cause: error });
  }
}
