import type { ModelDtype, ModelManifest, ModelVariant } from '../models/model-manifest.ts';
import { countThreads } from './count-threads.ts';
import type { DevicePlan, PlanPrefs, PlanRefusal, RefusedProfile, RememberedFailure } from './device-plan.ts';
import type { DeviceProbe, EngineProfile } from './engine-profile.ts';
import { availableModelBytes } from './model-memory.ts';
import { rankDtypes } from './rank-dtypes.ts';
import { refuseGpu } from './refuse-gpu.ts';
import { sameProfile } from './same-profile.ts';
import { shapeBatches } from './shape-batches.ts';

type Facts = { probe: DeviceProbe; manifest: ModelManifest; prefs: PlanPrefs };

/**
 * The ways to run a model on a device, best first: the GPU before the processor, the better dtype before the worse, what
 * failed here before at the end. Whatever cannot work here is left out and named. Pure; the same input gives the same plan.
 */
export function planModel(probe: DeviceProbe, manifest: ModelManifest, remembered: readonly RememberedFailure[] = [], prefs: PlanPrefs = {}): DevicePlan {
  const facts = { probe, manifest, prefs };
  const { profiles, refused } = manifest.engine === 'browser' ? planBuiltIn(facts) : planVariants(facts);
  const hasFailed = (profile: EngineProfile): boolean => remembered.some((failure) => sameProfile(failure.profile, profile));
  return { profiles: [...profiles.filter((profile) => !hasFailed(profile)), ...profiles.filter(hasFailed)], refused };
}

/** `planModel` without the reasons. */
export function planProfiles(probe: DeviceProbe, manifest: ModelManifest, remembered: readonly RememberedFailure[] = [], prefs: PlanPrefs = {}): EngineProfile[] {
  return planModel(probe, manifest, remembered, prefs).profiles;
}

/** The browser's own model: it chose files and device long ago. */
function planBuiltIn({ probe, manifest, prefs }: Facts): DevicePlan {
  const dtype = manifest.variants[0]?.dtype ?? 'q4';
  const profile: EngineProfile = { engine: 'browser', device: 'browser', dtype, threads: 1, batch: 1, buckets: [] };
  const refuse = (reason: 'no-built-in-model' | 'not-wanted'): DevicePlan => ({ profiles: [], refused: [{ device: 'browser', dtype, reason }] });
  if (prefs.device !== undefined && prefs.device !== 'browser') return refuse('not-wanted');
  return probe.builtInModel === 'unavailable' ? refuse('no-built-in-model') : { profiles: [profile], refused: [] };
}

function planVariants(facts: Facts): DevicePlan {
  const profiles: EngineProfile[] = [];
  const refused: RefusedProfile[] = [];
  for (const device of ['webgpu', 'wasm'] as const) {
    const variants = rankVariants(facts.manifest, device);
    const able = variants.filter((variant) => {
      const refusal = refuse(facts, variant, device);
      if (refusal !== undefined) refused.push({ device, dtype: variant.dtype, ...refusal });
      return refusal === undefined;
    });
    profiles.push(...able.flatMap(({ dtype }, index) => profilesOf(facts, device, dtype, index === 0)));
  }
  // A model of another engine or without variants: nothing was refused one by one.
  if (profiles.length === 0 && refused.length === 0) refused.push({ device: 'wasm', dtype: 'fp32', reason: 'dtype-not-for-device' });
  return { profiles, refused };
}

/** A device's variants, best first, those of no rank at the end. */
function rankVariants({ variants, engine, task }: ModelManifest, device: 'webgpu' | 'wasm'): ModelVariant[] {
  const ranks = rankDtypes(engine, device, task);
  const rank = ({ dtype }: ModelVariant): number => (ranks.includes(dtype) ? ranks.indexOf(dtype) : ranks.length);
  return variants.filter(({ devices }) => devices.includes(device)).sort((a, b) => rank(a) - rank(b));
}

function refuse({ probe, manifest, prefs }: Facts, { dtype, memoryBytes }: ModelVariant, device: 'webgpu' | 'wasm'): PlanRefusal | undefined {
  const { engine, task } = manifest;
  if (prefs.device !== undefined && prefs.device !== device) return { reason: 'not-wanted' };
  const byGpu = device === 'webgpu' ? refuseGpu(probe.gpu, engine, dtype, prefs) : undefined;
  if (byGpu !== undefined) return byGpu;
  if (device === 'wasm' && !probe.simd) return { reason: 'no-simd' };
  if (!rankDtypes(engine, device, task).includes(dtype)) return { reason: 'dtype-not-for-device' };
  if (engine === 'web-llm' && manifest.generate?.library === undefined) return { reason: 'no-library' };
  if (prefs.storedDtypes?.includes(dtype) === false) return { reason: 'not-stored' };
  const availableBytes = availableModelBytes(probe, device);
  return memoryBytes > availableBytes ? { reason: 'memory', neededBytes: memoryBytes, availableBytes } : undefined;
}

/** The best dtype of a device also without what is youngest in browsers: JSPI, and threads. */
function profilesOf({ probe, manifest }: Facts, device: 'webgpu' | 'wasm', dtype: ModelDtype, isBest: boolean): EngineProfile[] {
  const { engine, task } = manifest;
  const maxTokens = manifest.embed?.maxTokens ?? manifest.rerank?.maxTokens ?? 512;
  const base = { engine, device, dtype, threads: 1, ...shapeBatches(task, device, dtype, maxTokens, probe.gpu) };
  if (engine !== 'transformers') return [base];
  if (device === 'webgpu') {
    const asyncify: EngineProfile = { ...base, ortBuild: 'asyncify' };
    if (!probe.jspi) return [asyncify];
    return [{ ...base, ortBuild: 'jspi' }, ...(isBest ? [asyncify] : [])];
  }
  const threads = countThreads(probe);
  const plain: EngineProfile = { ...base, ortBuild: 'plain', threads };
  return threads > 1 && isBest ? [plain, { ...plain, threads: 1 }] : [plain];
}
