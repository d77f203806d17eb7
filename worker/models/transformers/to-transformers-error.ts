import { AppError, type ErrorCode } from '#core/errors/app-error.ts';
import { toModelError } from '../supervisor/to-model-error.ts';

/** What transformers.js and ONNX Runtime say, by the code that means the same. The first that fits counts. */
const codesByMessage: readonly [RegExp, ErrorCode][] = [
  [/does not support fp16|requires f16|unsupported device|no available backend|unsupported model (?:ir|type)/i, 'model/unsupported'],
  [/protobuf parsing failed|invalid_protobuf|invalid_graph|model_proto|unexpected token|not valid json|failed to load model/i, 'model/corrupt'],
];

/** Maps what transformers.js or ONNX Runtime throws to an `AppError`; what is not recognised is `model/failed`. */
export function toTransformersError(thrown: unknown): AppError {
  const known = toModelError(thrown);
  if (thrown instanceof AppError || known.code !== 'model/failed') return known;
  const { message } = known;
  const isMissing = (thrown as { name?: unknown } | null)?.name === 'ModelFileNotFoundError';
  const code = isMissing ? 'model/missing' : codesByMessage.find(([pattern]) => pattern.test(message))?.[1];
  return code === undefined ? known : new AppError(code, message, { cause: thrown });
}
