import { AppError } from '../errors/app-error.ts';
import type { ModelDtype, ModelManifest, ModelVariant } from './model-manifest.ts';
import { libraryPath } from './web-llm-library.ts';

/** A file as a repository lists it. */
type ListedFile = { path: string; bytes: number };

const ofTransformers = /^(?:(?:config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|preprocessor_config)\.json|chat_template\.jinja|vocab\.txt)$/u;
const ofWebLlm = /^(?:mlc-chat-config\.json|tensor-cache\.json|tokenizer\.(?:json|model)|params_shard_\d+\.bin)$/u;
const ofAll = /^(?:LICENSE|NOTICE)(?:\.(?:txt|md))?$/u;

/**
 * Which files of a repository a model needs for these dtypes, and its variants with what belongs to them: an ONNX file that
 * keeps its weights beside it (`.onnx_data`, `.onnx_data_1` ...) brings these. Only what is named here is ever fetched.
 * Variants whose files the repository does not have are left out. Errors: `model/missing` where a dtype asked for is among
 * them, or the tokenizer or configuration is not there.
 */
export function chooseModelFiles<File extends ListedFile>(entry: ModelManifest, dtypes: readonly ModelDtype[], tree: readonly File[]): { files: File[]; variants: ModelVariant[] } {
  const there = tree.filter(({ bytes }) => bytes > 0);
  const isCommon = entry.engine === 'web-llm' ? ofWebLlm : ofTransformers;
  const library = libraryPath(entry);
  const common = there.filter(({ path }) => isCommon.test(path) || ofAll.test(path) || path === library);
  for (const path of entry.engine === 'web-llm' ? ['mlc-chat-config.json', 'tensor-cache.json'] : ['config.json', 'tokenizer.json']) {
    if (!common.some((file) => file.path === path)) throw missing(entry, path);
  }
  const paths = new Set(there.map(({ path }) => path));
  const variants = entry.variants
    .filter(({ dtype, files }) => dtypes.includes(dtype) && files.every((path) => paths.has(path)))
    .map((variant) => ({ ...variant, files: [...variant.files, ...there.map(({ path }) => path).filter((path) => isDataOf(path, variant.files))] }));
  const lacking = dtypes.find((dtype) => !variants.some((variant) => variant.dtype === dtype));
  if (lacking) throw missing(entry, entry.variants.find(({ dtype }) => dtype === lacking)?.files[0] ?? lacking);
  const wanted = new Set(variants.flatMap(({ files }) => files));
  return { files: [...common, ...there.filter(({ path }) => wanted.has(path))], variants };
}

function isDataOf(path: string, files: readonly string[]): boolean {
  return files.some((file) => path.startsWith(`${file}_data`) && /^(?:_\d+)?$/u.test(path.slice(file.length + '_data'.length)));
}

function missing({ id }: ModelManifest, path: string): AppError {
  return new AppError('model/missing', `${id} has no ${path}`, { detail: { model: id, path } });
}
