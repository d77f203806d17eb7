import type { Sha256 } from '../ids.ts';
import { integerAt, listAt, matchAt, objectAt, oneOf, refuse, textAt } from './checked-json.ts';
import { checkEmbedFacts, checkGenerateFacts, checkRerankFacts } from './check-model-facts.ts';
import { checkModelId, checkModelPath, checkRevision } from './model-path.ts';
import type { ModelFile, ModelManifest, ModelVariant } from './model-manifest.ts';
import type { ServedModel, ServedModels } from './served-model.ts';

/** No model of more bytes is ever offered, fetched or stored. */
export const mostModelBytes = 20e9;
const mostFiles = 2_000;
const dtypes = ['fp32', 'fp16', 'q8', 'q4', 'q4f16', 'q4f16_1', 'q4f32_1'] as const;

/** What is known of a model besides its files: `alcove-model.json` in a model's folder. */
export type ModelDescription = Omit<ModelManifest, 'commit' | 'files' | 'isUnresolved'>;

/**
 * A manifest out of JSON that anyone may have written: built anew from the fields known here, each of which is what its
 * type says and within bounds, with sane paths, files and variants that fit each other, and vectors of `dims` finite
 * numbers. Errors: `model/invalid`, whose `detail.field` names the first that is not.
 */
export function checkModelManifest(json: unknown, where = 'manifest'): ModelManifest {
  const fields = objectAt(json, where);
  const description = checkModelDescription(fields, where);
  const commit = checkRevision(fields['commit'], `${where}.commit`);
  const isBuiltIn = description.engine === 'browser';
  if (isBuiltIn || fields['isUnresolved'] === true) {
    if (!Array.isArray(fields['files']) || fields['files'].length > 0) refuse(`${where}.files`, 'must be empty where the hub is to be asked or the browser has them');
    return { ...description, commit, files: [], ...(!isBuiltIn && { isUnresolved: true }) };
  }
  if (!/^[0-9a-f]{40}$/u.test(commit)) refuse(`${where}.commit`, 'must be 40 hex characters');
  const files = checkFiles(fields['files'], `${where}.files`);
  checkVariantsAgainstFiles(description.variants, files, where);
  return { ...description, commit, files };
}

/** The same of a description without files. Variants' files are only known to be sane paths. */
export function checkModelDescription(json: unknown, where = 'alcove-model.json'): ModelDescription {
  const fields = objectAt(json, where);
  const task = oneOf(fields['task'], `${where}.task`, ['embed', 'rerank', 'generate']);
  const description: ModelDescription = {
    id: checkModelId(fields['id'], `${where}.id`),
    title: textAt(fields['title'], `${where}.title`, 200),
    task,
    engine: oneOf(fields['engine'], `${where}.engine`, ['transformers', 'web-llm', 'browser']),
    licence: checkLicence(fields['licence'], `${where}.licence`),
    parameters: integerAt(fields['parameters'], `${where}.parameters`, 1, 1e13),
    variants: listAt(fields['variants'], `${where}.variants`, 20, checkVariant),
  };
  if (description.variants.length === 0) refuse(`${where}.variants`, 'must not be empty');
  if (new Set(description.variants.map(({ dtype }) => dtype)).size < description.variants.length) refuse(`${where}.variants`, 'must not name a dtype twice');
  if (fields['languages'] !== undefined) description.languages = listAt(fields['languages'], `${where}.languages`, 400, (item, at) => matchAt(item, at, /^[a-z]{2,3}$/u, 'a language code'));
  if (task === 'embed') description.embed = checkEmbedFacts(fields['embed'], `${where}.embed`);
  if (task === 'rerank') description.rerank = checkRerankFacts(fields['rerank'], `${where}.rerank`);
  if (task === 'generate') description.generate = checkGenerateFacts(fields['generate'], `${where}.generate`);
  return description;
}

/** What `/models/manifest.json` holds, checked in the same way. */
export function checkServedModels(json: unknown): ServedModels {
  const fields = objectAt(json, 'served');
  const hub = fields['hub'] === null ? null : matchAt(fields['hub'], 'served.hub', /^https?:\/\/[A-Za-z0-9.:[\]-]+$/u, 'an origin');
  return { hub, models: listAt(fields['models'], 'served.models', 500, checkServedModel) };
}

function checkServedModel(json: unknown, where: string): ServedModel {
  const fields = objectAt(json, where);
  if (fields['task'] !== undefined) return checkModelManifest(json, where);
  return {
    id: checkModelId(fields['id'], `${where}.id`),
    commit: checkRevision(fields['commit'], `${where}.commit`),
    files: checkFiles(fields['files'], `${where}.files`),
  };
}

function checkFiles(json: unknown, where: string): ModelFile[] {
  const files = listAt(json, where, mostFiles, (item, at): ModelFile => {
    const fields = objectAt(item, at);
    return {
      path: checkModelPath(fields['path'], `${at}.path`),
      bytes: integerAt(fields['bytes'], `${at}.bytes`, 1, mostModelBytes),
      sha256: matchAt(fields['sha256'], `${at}.sha256`, /^[0-9a-f]{64}$/u, '64 lowercase hex characters') as Sha256,
    };
  });
  if (files.length === 0) refuse(where, 'must not be empty');
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > mostModelBytes) refuse(where, `must not hold more than ${mostModelBytes} bytes`);
  checkPathsApart(files.map(({ path }) => path), where);
  return files;
}

/** Two files must not have one path, also where letters of both cases are the same, nor one lie below another. */
function checkPathsApart(paths: string[], where: string): void {
  const folded = new Set(paths.map((path) => path.toLowerCase()));
  if (folded.size < paths.length) refuse(where, 'must not name a path twice');
  for (const path of folded) {
    const parts = path.split('/');
    for (let length = 1; length < parts.length; length += 1) {
      if (folded.has(parts.slice(0, length).join('/'))) refuse(where, `must not have a file and a folder of one name (${parts.slice(0, length).join('/')})`);
    }
  }
}

function checkVariant(json: unknown, where: string): ModelVariant {
  const fields = objectAt(json, where);
  const devices = listAt(fields['devices'], `${where}.devices`, 2, (item, at) => oneOf(item, at, ['webgpu', 'wasm']));
  if (devices.length === 0) refuse(`${where}.devices`, 'must not be empty');
  return {
    dtype: oneOf(fields['dtype'], `${where}.dtype`, dtypes),
    devices,
    files: listAt(fields['files'], `${where}.files`, mostFiles, checkModelPath),
    memoryBytes: integerAt(fields['memoryBytes'], `${where}.memoryBytes`, 1, 1e12),
  };
}

function checkVariantsAgainstFiles(variants: ModelVariant[], files: ModelFile[], where: string): void {
  const paths = new Set(files.map(({ path }) => path));
  for (const [index, variant] of variants.entries()) {
    const unknown = variant.files.find((path) => !paths.has(path));
    if (unknown !== undefined) refuse(`${where}.variants[${index}].files`, `must name files of the model (${unknown})`);
  }
}

function checkLicence(json: unknown, where: string): ModelManifest['licence'] {
  const fields = objectAt(json, where);
  const licence: ModelManifest['licence'] = { name: textAt(fields['name'], `${where}.name`, 200) };
  if (fields['url'] !== undefined) licence.url = matchAt(fields['url'], `${where}.url`, /^https:\/\/[^\s"'<>\\]+$/u, 'an https address');
  if (fields['mustAccept'] === true) licence.mustAccept = true;
  return licence;
}
