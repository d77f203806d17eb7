import type { EngineProfile } from '#core/device/engine-profile.ts';
import { sameProfile } from '#core/device/same-profile.ts';
import { AppError, fromWireError, toAppError } from '#core/errors/app-error.ts';
import type { Clock } from './clock.ts';
import { ProfileQueue } from './profile-queue.ts';
import { startSession, type Running } from './start-session.ts';
import type { ProfileAttempt, SuperviseOptions } from './supervised-model.ts';
import type { SupervisorLimits } from './supervisor-limits.ts';
import { withChoice, withFailure, withoutStale, type VerdictRecord } from './verdict-memory.ts';
import { openWorkerSession, type WorkerSession } from './worker-session.ts';

/** How much faster the processor must be to be taken in the GPU's place. */
const clearlyFaster = 1.2;
/** A memory that does not answer is done without. */
const memoryMs = 1_000;

export type LauncherOptions = SuperviseOptions & {
  clock: Clock;
  limits: SupervisorLimits;
  onTrying: (profile: EngineProfile) => void;
  /** A session that was in service, or about to be, ended. */
  onSessionEnd: (session: WorkerSession, error: AppError) => void;
};

/** Finds a profile that works, from the best down, and remembers what did not. */
export class Launcher {
  readonly #options: LauncherOptions;
  readonly #profiles: ProfileQueue;
  #record: VerdictRecord | undefined;
  #run = 0;
  readonly #starting = new Set<WorkerSession>();
  #measured: { profile: EngineProfile; speed: number }[] = [];
  attempts: readonly ProfileAttempt[] = [];
  slower: readonly { profile: EngineProfile; speed: number }[] = [];

  constructor(options: LauncherOptions) {
    this.#options = options;
    this.#profiles = new ProfileQueue(options.plan);
  }

  /** A running session. Rejects when no profile is left, with why the last one failed, or when the launch was abandoned. */
  async launch(): Promise<Running> {
    this.abandon();
    const run = this.#run;
    await this.#remember();
    let last = this.#whyNone();
    for (;;) {
      if (run !== this.#run) throw abandoned();
      const profile = this.#profiles.current;
      if (profile === undefined) throw last;
      this.#options.onTrying(profile);
      try {
        const running = await this.#compare(await this.#try(profile));
        this.#starting.delete(running.session);
        if (running.session.ended !== undefined) throw running.session.ended;
        this.#choose(running);
        return running;
      } catch (thrown) {
        if (run !== this.#run) throw abandoned();
        last = toAppError(thrown);
        this.#note(profile, last, 'start');
        this.#profiles.didNotStart();
      }
    }
  }

  /** Gives up what is being started. */
  abandon(): void {
    this.#run++;
    for (const session of this.#starting) session.end(abandoned());
    this.#starting.clear();
  }

  failedInService(profile: EngineProfile, error: AppError): void {
    this.#note(profile, error, 'service');
    this.#profiles.failedInService(error.code);
  }

  worked(): void {
    this.#profiles.worked();
  }

  /** All profiles may be tried once more. */
  refill(): void {
    this.#profiles.refill();
  }

  /** Nothing has been tried: the next launch begins at the plan's first. */
  async forget(): Promise<void> {
    const { memory, verdictKey } = this.#options;
    this.attempts = [];
    this.slower = [];
    this.#measured = [];
    this.#record = { failures: [] };
    this.#profiles.begin(this.#record);
    await memory.forget(verdictKey).catch(() => undefined);
  }

  #whyNone(): AppError {
    const { refusal } = this.#options;
    const [last] = this.attempts;
    if (last !== undefined) return new AppError(last.code, last.reason);
    return refusal === undefined ? new AppError('model/unsupported', 'no way to run the model on this device is known') : fromWireError(refusal);
  }

  async #remember(): Promise<void> {
    if (this.#record !== undefined) return;
    const { memory, verdictKey, clock } = this.#options;
    let cancel = (): void => undefined;
    const late = new Promise<undefined>((resolve) => (cancel = clock.after(memoryMs, () => resolve(undefined))));
    const record = await Promise.race([memory.read(verdictKey).catch(() => undefined), late]);
    cancel();
    if (this.#record !== undefined) return;
    this.#record = withoutStale(record ?? { failures: [] }, clock.wallTime());
    this.#profiles.begin(this.#record);
  }

  async #try(profile: EngineProfile): Promise<Running> {
    const { startWorker, clock, limits, key, manifest, baseUrl, onSessionEnd } = this.#options;
    const session: WorkerSession = openWorkerSession({
      worker: startWorker(profile),
      clock,
      graceMs: limits.graceMs,
      onEnd: (error) => onSessionEnd(session, error),
    });
    this.#starting.add(session);
    try {
      const running = await startSession(session, { start: { key, profile, baseUrl }, manifest, limits, clock, knownSpeed: this.#knownSpeed(profile) });
      this.#measured = [...this.#measured.filter((one) => !sameProfile(one.profile, profile)), { profile, speed: running.speed }];
      return running;
    } catch (thrown) {
      this.#starting.delete(session);
      session.end(toAppError(thrown));
      throw thrown;
    }
  }

  /**
   * Of this session, so that a lost worker is soon replaced. Of an earlier one too, but not of a GPU, whose timing also
   * compiles the shaders for the shapes to come, nor of a writer, whose speed the person is told as of this start.
   */
  #knownSpeed(profile: EngineProfile): number | undefined {
    const measured = this.#measured.find((one) => sameProfile(one.profile, profile));
    const chosen = this.#record?.chosen;
    if (measured !== undefined) return measured.speed;
    const isTimedAnew = profile.device === 'webgpu' || this.#options.manifest.task === 'generate';
    return chosen !== undefined && !isTimedAnew && sameProfile(chosen.profile, profile) ? chosen.speed : undefined;
  }

  /** The processor in the place of a slow GPU, where it is clearly faster. */
  async #compare(first: Running): Promise<Running> {
    const { compareBelow = 0 } = this.#options;
    const { rival } = this.#profiles;
    if (first.profile.device !== 'webgpu' || first.speed >= compareBelow || rival === undefined || this.#record?.chosen?.isFastest === true) return first;
    const second = await this.#try(rival).catch(() => undefined);
    if (second === undefined) return first;
    const isBetter = first.session.ended !== undefined || second.speed > first.speed * clearlyFaster;
    const [better, worse] = isBetter ? [second, first] : [first, second];
    this.slower = [{ profile: worse.profile, speed: worse.speed }];
    this.#starting.delete(worse.session);
    worse.session.end(abandoned());
    if (isBetter) this.#profiles.prefer(rival);
    return better;
  }

  #choose({ profile, speed, loadMs, worst }: Running): void {
    const isFastest = this.slower.length > 0 || (this.#record?.chosen?.isFastest === true && sameProfile(this.#record.chosen.profile, profile));
    const at = this.#options.clock.wallTime();
    this.#write((record) => withChoice(record, { profile, speed, loadMs, at, ...(worst !== undefined && { worst }), ...(isFastest && { isFastest }) }));
  }

  #note(profile: EngineProfile, { code, message }: AppError, during: ProfileAttempt['during']): void {
    this.attempts = [{ profile, code, reason: message, during }, ...this.attempts];
    if (during === 'start') this.#write((record) => withFailure(record, { profile, code, reason: message, at: this.#options.clock.wallTime() }));
  }

  #write(change: (record: VerdictRecord) => VerdictRecord): void {
    const { memory, verdictKey } = this.#options;
    this.#record = change(this.#record ?? { failures: [] });
    memory.write(verdictKey, this.#record).catch(() => undefined);
  }
}

function abandoned(): AppError {
  return new AppError('aborted', 'the start was given up');
}
