import type { DevicePlan, PlanRefusal, RememberedFailure } from './device-plan.ts';
import type { EngineProfile } from './engine-profile.ts';
import type { ErrorCode } from '../errors/app-error.ts';
import { sameProfile } from './same-profile.ts';

/** A device or dtype that did not get the model, and why: it cannot, it failed when tried, or what was taken is better. */
export type NotTaken = { device: EngineProfile['device']; dtype: EngineProfile['dtype'] } & (
  | PlanRefusal
  | { reason: 'failed'; code: ErrorCode; said: string }
  | { reason: 'slower'; speed: number }
  | { reason: 'not-needed' }
);

/** How a model runs on this device and why not otherwise: data for the page's one line and its details. */
export type DeviceVerdict = { taken?: EngineProfile; notTaken: NotTaken[] };

export type VerdictFacts = {
  plan: DevicePlan;
  /** Of this start and of earlier ones. */
  failures: readonly RememberedFailure[];
  /** Profiles that work here and were measured to be slower than the one taken. */
  slower?: readonly { profile: EngineProfile; speed: number }[];
  taken?: EngineProfile;
};

/** The verdict; every profile and refusal of the plan appears in it once. */
export function describeVerdict({ plan, failures, slower = [], taken }: VerdictFacts): DeviceVerdict {
  const notTaken = plan.profiles
    .filter((profile) => taken === undefined || !sameProfile(profile, taken))
    .map((profile): NotTaken => {
      const { device, dtype } = profile;
      const failure = failures.find((failed) => sameProfile(failed.profile, profile));
      if (failure !== undefined) return { device, dtype, reason: 'failed', code: failure.code, said: failure.reason };
      const measured = slower.find((other) => sameProfile(other.profile, profile));
      return measured === undefined ? { device, dtype, reason: 'not-needed' } : { device, dtype, reason: 'slower', speed: measured.speed };
    });
  return { ...(taken !== undefined && { taken }), notTaken: [...plan.refused, ...notTaken] };
}
