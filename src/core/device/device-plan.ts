import type { ErrorCode } from '../errors/app-error.ts';
import type { ModelDtype } from '../models/model-manifest.ts';
import type { EngineProfile } from './engine-profile.ts';

/** Limits of a GPU that web-llm's kernels are compiled for. */
export type GpuLimit = 'buffer' | 'binding' | 'workgroup-storage' | 'storage-buffers';

/** Why a way to run a model is left out on this device. Sizes in bytes (`storage-buffers`: a count). */
export type PlanRefusal =
  | { reason: 'no-gpu' | 'fallback-gpu' | 'no-f16' | 'int8-on-gpu' | 'no-simd' | 'dtype-not-for-device' }
  | { reason: 'no-built-in-model' | 'no-library' | 'not-stored' | 'not-wanted' }
  | { reason: 'memory'; neededBytes: number; availableBytes: number }
  | { reason: 'gpu-limit'; limit: GpuLimit; needed: number; has: number };

export type RefusedProfile = { device: EngineProfile['device']; dtype: ModelDtype } & PlanRefusal;

/** Ways to run a model here, best first, and those that are none. Without profiles, `refused` says why (never empty then). */
export type DevicePlan = { profiles: EngineProfile[]; refused: RefusedProfile[] };

/** A profile that was tried on this device and given up, and when (milliseconds since 1970). */
export type RememberedFailure = { profile: EngineProfile; code: ErrorCode; reason: string; at: number };

export type PlanPrefs = {
  /** Only this device, as a person wishes or a test needs. */
  device?: EngineProfile['device'];
  /** Tests only: adapters that compute on the processor count as GPUs. */
  allowFallbackAdapter?: true;
  /** Only these, because only their files are here. */
  storedDtypes?: readonly ModelDtype[];
};
