import { AppError, type ErrorCode, toAppError } from '#core/errors/app-error.ts';

/** What transformers.js and ONNX Runtime say, by the code that means the same. The first that fits counts. */
const codesByMessage: readonly [RegExp, ErrorCode][] = [
  [/out of memory|bad_alloc|allocation failed|memory access out of bounds|Aborted\(OOM\)|could not allocate/i, 'model/out-of-memory'],
  [/device.{0,40}lost|lost device|device is destroyed/i, 'device-lost'],
  [/does not support fp16|requires f16|Unsupported device|no available backend|not implemented|Unsupported model IR|Unsupported model type/i, 'model/unsupported'],
  [/protobuf parsing failed|INVALID_PROTOBUF|INVALID_GRAPH|model_proto|Unexpected token|is not valid JSON|Failed to load model/i, 'model/corrupt'],
];

/** Maps what a model's libraries throw to an `AppError`; what is not recognised is `model/failed`. */
export function toModelError(thrown: unknown): AppError {
  const known = toAppError(thrown);
  if (thrown instanceof AppError || known.code !== 'internal') return known;
  // ONNX Runtime throws bare numbers from WASM when it has run out of memory or aborted.
  if (typeof thrown === 'number') return new AppError('model/failed', `the runtime failed with ${thrown}`);
  const { message } = known;
  if ((thrown as { name?: unknown } | null)?.name === 'ModelFileNotFoundError') return new AppError('model/missing', message, { cause: thrown });
  const code = codesByMessage.find(([pattern]) => pattern.test(message))?.[1] ?? 'model/failed';
  return new AppError(code, message, { cause: thrown });
}
