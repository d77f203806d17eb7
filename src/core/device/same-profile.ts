import type { EngineProfile } from './engine-profile.ts';

/** Whether two profiles are one way to run a model: batches and buckets are tuning and do not count. */
export function sameProfile(a: EngineProfile, b: EngineProfile): boolean {
  return a.engine === b.engine && a.device === b.device && a.dtype === b.dtype && a.ortBuild === b.ortBuild && a.threads === b.threads;
}
