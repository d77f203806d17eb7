import { AppError, type ErrorCode } from '#core/errors/app-error.ts';
import { toModelError } from '../supervisor/to-model-error.ts';

const codesByName: Record<string, ErrorCode> = {
  ContextWindowSizeExceededError: 'invalid-input',
  DeviceLostError: 'device-lost',
  FeatureSupportError: 'model/unsupported',
  ShaderF16SupportError: 'model/unsupported',
  WebGPUNotAvailableError: 'model/unsupported',
  WebGPUNotFoundError: 'model/unsupported',
  ModelNotLoadedError: 'engine-gone',
  // A library compiled for another version lacks imports or has others.
  LinkError: 'model/unsupported',
  CompileError: 'model/corrupt',
  ModelNotFoundError: 'model/invalid',
  MissingModelWasmError: 'model/invalid',
  UnsupportedTokenizerFilesError: 'model/invalid',
};
const codesByMessage: readonly [RegExp, ErrorCode][] = [
  [/engine\.unload\(\) is called|model not loaded|please call.{0,40}reload/iu, 'engine-gone'],
  [/not among the model's stored files|failed to (?:fetch|store)/iu, 'model/missing'],
  [/exceeds? the context|context window size/iu, 'invalid-input'],
  [/unexpected token|not valid json/iu, 'model/corrupt'],
];

/** Maps what web-llm throws, bare strings included, to an `AppError`; what is not recognised is `model/failed`. */
export function toWebLlmError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const { name = '', message } = typeof thrown === 'string' ? { message: thrown } : ((thrown ?? {}) as { name?: string; message?: unknown });
  const words = typeof message === 'string' ? message : String(thrown);
  const code = codesByName[name] ?? codesByMessage.find(([pattern]) => pattern.test(words))?.[1];
  return code === undefined ? toModelError(typeof thrown === 'string' ? new Error(thrown) : thrown) : new AppError(code, words, { cause: thrown });
}
