import type { DevicePlan } from '#core/device/device-plan.ts';
import type { ModelDtype, ModelManifest } from '#core/models/model-manifest.ts';

/**
 * The dtypes to store of a model: the best one here, and of models small enough also the one for the processor, so that
 * losing the GPU on a journey does not mean losing the model.
 */
export function chooseDtypes({ profiles }: DevicePlan, { task }: Pick<ModelManifest, 'task'>): ModelDtype[] {
  const [best] = profiles;
  if (best === undefined) return [];
  const fallback = task === 'generate' ? undefined : profiles.find(({ device }) => device === 'wasm');
  return fallback === undefined || fallback.dtype === best.dtype ? [best.dtype] : [best.dtype, fallback.dtype];
}
