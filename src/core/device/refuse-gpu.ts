import type { ModelDtype, ModelEngine } from '../models/model-manifest.ts';
import type { GpuLimit, PlanPrefs, PlanRefusal } from './device-plan.ts';
import type { DeviceProbe } from './engine-profile.ts';
import { f16Dtypes } from './rank-dtypes.ts';

const mib = 2 ** 20;
type Gpu = NonNullable<DeviceProbe['gpu']>;

/** What web-llm 0.2.86 asks of an adapter before it loads anything (`detectGPUDevice`). */
const webLlmNeeds: [GpuLimit, number, (gpu: Gpu) => number][] = [
  ['workgroup-storage', 32 * 1024, (gpu) => gpu.workgroupStorageBytes],
  ['storage-buffers', 10, (gpu) => gpu.storageBuffersPerStage],
  ['buffer', 256 * mib, (gpu) => gpu.maxBufferBytes],
  ['binding', 128 * mib, (gpu) => gpu.maxBindingBytes],
];

/** Why this GPU, or none, cannot run a dtype; `undefined`: it can. The runtimes check too little themselves and fail at the first run, for good. */
export function refuseGpu(gpu: DeviceProbe['gpu'], engine: ModelEngine, dtype: ModelDtype, prefs: PlanPrefs): PlanRefusal | undefined {
  if (gpu === undefined) return { reason: 'no-gpu' };
  if (gpu.isFallback && prefs.allowFallbackAdapter !== true) return { reason: 'fallback-gpu' };
  if (dtype === 'q8') return { reason: 'int8-on-gpu' };
  if (f16Dtypes.includes(dtype) && !gpu.f16) return { reason: 'no-f16' };
  if (engine !== 'web-llm') return undefined;
  for (const [limit, needed, read] of webLlmNeeds) {
    const has = read(gpu);
    if (has < needed) return { reason: 'gpu-limit', limit, needed, has };
  }
  return undefined;
}
