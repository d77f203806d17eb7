import { AppError } from '#core/errors/app-error.ts';
import type { ModelDtype, ModelTask } from '#core/models/model-manifest.ts';

/** Cosines to the unquantised model's vectors, text by text, that a right device reaches: 0.9999 in half floats, 0.975 in int8 as measured. */
const minCosine = (dtype: ModelDtype): number => (dtype === 'fp32' || dtype === 'fp16' ? 0.999 : 0.97);

/**
 * Refuses a device whose golden numbers are wrong, as `model/wrong-numbers`. `worst` is what `ModelService.verify` gave:
 * a cosine for vectors; of other tasks the service judges itself and rejects, so only a number that is none is refused.
 */
export function acceptNumbers(task: ModelTask, dtype: ModelDtype, worst: number | undefined): void {
  if (worst === undefined) return;
  const least = task === 'embed' ? minCosine(dtype) : Number.NEGATIVE_INFINITY;
  if (Number.isFinite(worst) && worst >= least) return;
  throw new AppError('model/wrong-numbers', `golden numbers differ: ${worst}`, { detail: { worst, least } });
}
