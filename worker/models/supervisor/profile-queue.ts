import type { EngineProfile } from '#core/device/engine-profile.ts';
import { sameProfile } from '#core/device/same-profile.ts';
import type { ErrorCode } from '#core/errors/app-error.ts';
import type { VerdictRecord } from './verdict-memory.ts';

/** A GPU that was lost this often is left alone until a person asks for it again. */
const maxLosses = 2;
/** A profile that worked may fail this often, without anything done in between, before the next is taken. */
const maxStrikes = 2;

/**
 * Which profile is to be tried now. One that does not start is given up at once; one that fails in service gets a second
 * worker first. Pure bookkeeping.
 */
export class ProfileQueue {
  readonly #plan: readonly EngineProfile[];
  #order: EngineProfile[];
  #remaining: EngineProfile[];
  #losses = 0;
  #strikes = 0;

  constructor(plan: readonly EngineProfile[]) {
    this.#plan = plan;
    this.#order = [...plan];
    this.#remaining = [...plan];
  }

  get current(): EngineProfile | undefined {
    return this.#remaining[0];
  }

  /** The first profile of the processor after the current one. */
  get rival(): EngineProfile | undefined {
    return this.#remaining.slice(1).find(({ device }) => device === 'wasm');
  }

  /** Begins anew, as what is remembered advises: what was measured to be fastest first, what failed last. */
  begin({ failures, chosen }: VerdictRecord): void {
    const isFastest = (profile: EngineProfile): boolean => chosen?.isFastest === true && sameProfile(chosen.profile, profile);
    const hasFailed = (profile: EngineProfile): boolean => failures.some((failure) => sameProfile(failure.profile, profile));
    const rank = (profile: EngineProfile): number => (isFastest(profile) ? 0 : hasFailed(profile) ? 2 : 1);
    this.#order = this.#plan.toSorted((a, b) => rank(a) - rank(b));
    this.#losses = 0;
    this.refill();
  }

  /** All profiles again, but for a GPU that was lost too often. */
  refill(): void {
    this.#remaining = this.#order.filter(({ device }) => device !== 'webgpu' || this.#losses < maxLosses);
    this.#strikes = 0;
  }

  didNotStart(): void {
    this.#remaining.shift();
    this.#strikes = 0;
  }

  failedInService(code: ErrorCode): void {
    if (code === 'device-lost' && this.current?.device === 'webgpu' && ++this.#losses >= maxLosses) {
      this.#remaining = this.#remaining.filter(({ device }) => device !== 'webgpu');
      this.#strikes = 0;
    } else if (++this.#strikes >= maxStrikes) {
      this.didNotStart();
    }
  }

  /** Something was done: what failed before is forgiven. */
  worked(): void {
    this.#strikes = 0;
  }

  /** Takes a profile that was measured to be better before the current one. */
  prefer(profile: EngineProfile): void {
    this.#remaining = [profile, ...this.#remaining.filter((other) => !sameProfile(other, profile))];
    this.#order = [profile, ...this.#order.filter((other) => !sameProfile(other, profile))];
  }
}
