import type { DeviceProbe, EngineProfile } from '#core/device/engine-profile.ts';
import type { RememberedFailure } from '#core/device/device-plan.ts';
import { sameProfile } from '#core/device/same-profile.ts';
import type { ErrorCode } from '#core/errors/app-error.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';

/** What ran last under a key. `isFastest`: the other device was measured too and was slower. `at`: milliseconds since 1970. */
export type RememberedChoice = { profile: EngineProfile; speed: number; loadMs: number; worst?: number; at: number; isFastest?: true };

/** What a device showed of one model: profiles that did not start, and the one that did. */
export type VerdictRecord = { failures: RememberedFailure[]; chosen?: RememberedChoice };

/** Verdicts by `verdictKey`, kept over restarts. Only a help: an implementation that loses them costs a slower start. */
export type VerdictMemory = {
  read(key: string): Promise<VerdictRecord | undefined>;
  write(key: string, record: VerdictRecord): Promise<void>;
  forget(key: string): Promise<void>;
};

const dayMs = 86_400_000;
/** A driver or a browser's minor version may have mended what failed a week ago. */
const maxAgeMs = 7 * dayMs;

/**
 * What a verdict holds for: this GPU, this browser's major version (as `DeviceProbe.browser` names it), whether threads
 * are at hand, this model at its commit, and the version of the library that runs it.
 */
export function verdictKey({ gpu, browser, crossOriginIsolated }: DeviceProbe, model: ModelKey, libraryVersion: string): string {
  const adapter = gpu === undefined ? 'no GPU' : `${gpu.vendor}/${gpu.architecture}`;
  return [adapter, browser, crossOriginIsolated ? 'isolated' : 'shared', model, libraryVersion].join(' | ');
}

/** A record without what is too old to go by. */
export function withoutStale({ failures, chosen }: VerdictRecord, now: number): VerdictRecord {
  const isFresh = ({ at }: { at: number }): boolean => now - at < maxAgeMs;
  return { failures: failures.filter(isFresh), ...(chosen !== undefined && isFresh(chosen) && { chosen }) };
}

/** Says nothing about the device: files, network, storage, our own script. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'aborted', 'internal', 'model/missing', 'model/corrupt', 'not-found', 'offline', 'quota-exceeded', 'storage-unavailable',
]);

/** A record with one failure more, where it is worth remembering. */
export function withFailure(record: VerdictRecord, failure: RememberedFailure): VerdictRecord {
  if (passing.has(failure.code)) return record;
  const others = record.failures.filter(({ profile }) => !sameProfile(profile, failure.profile));
  return { ...record, failures: [...others, failure] };
}

/** A record with what runs now, whose earlier failure is over. */
export function withChoice(record: VerdictRecord, chosen: RememberedChoice): VerdictRecord {
  return { failures: record.failures.filter(({ profile }) => !sameProfile(profile, chosen.profile)), chosen };
}

/** Verdicts for the life of a realm. */
export function createMemoryVerdicts(): VerdictMemory {
  const records = new Map<string, VerdictRecord>();
  return {
    read: async (key) => structuredClone(records.get(key)),
    write: async (key, record) => void records.set(key, structuredClone(record)),
    forget: async (key) => void records.delete(key),
  };
}
