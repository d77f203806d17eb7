import { AppError } from '#core/errors/app-error.ts';
import type { ModelDtype, ModelTask } from '#core/models/model-manifest.ts';

/** Cosines to the unquantised model's vectors, text by text, that a right device reaches: 0.9999 in half floats, 0.975 in int8 as measured. */
const minCosine = (dtype: ModelDtype): number => (dtype === 'fp32' || dtype === 'fp16' ? 0.999 : 0.97);

/** Of a text, the share that is equal to the golden one: near ties fall otherwise on another device, broken numbers fall otherwise at once. */
const minShare = 0.5;

/**
 * Refuses a device whose golden numbers are wrong, as `model/wrong-numbers`. `worst` is what `ModelService.verify` gave: a
 * cosine for vectors, a share of equal text for texts; of scores the service judges itself and rejects.
 */
export function acceptNumbers(task: ModelTask, dtype: ModelDtype, worst: number | undefined): void {
  if (worst === undefined) return;
  const least = { embed: minCosine(dtype), generate: minShare, rerank: Number.NEGATIVE_INFINITY }[task];
  if (Number.isFinite(worst) && worst >= least) return;
  throw new AppError('model/wrong-numbers', `golden numbers differ: ${worst}`, { detail: { worst } });
}
