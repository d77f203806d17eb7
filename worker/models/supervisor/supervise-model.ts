import { AppError, fromWireError, toAppError, toWireError } from '#core/errors/app-error.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import { systemClock } from './clock.ts';
import { JobQueue, type Job } from './job-queue.ts';
import { Launcher, type LauncherOptions } from './launcher.ts';
import type { ModelCalls, ModelMethod } from './model-worker-protocol.ts';
import type { Running } from './start-session.ts';
import type { CallOptions, SupervisedModel, SupervisedState, SuperviseOptions } from './supervised-model.ts';
import { callLimitMs, defaultLimits } from './supervisor-limits.ts';
import { Turns } from './turns.ts';
import { Waiters } from './waiters.ts';
import { isOfRequest, notBegun, writeText } from './write-text.ts';

/** How often calls may end a worker of every profile, with none done in between, before the model counts as failed. */
const maxRounds = 3;

/** Puts a model in service when it is asked for and keeps it there: promises and errors as in `SupervisedModel`. */
export function superviseModel({ clock = systemClock, limits, ...options }: SuperviseOptions): SupervisedModel {
  return new ModelSupervisor({ ...options, clock, limits: { ...defaultLimits, ...limits } });
}

/** `SupervisedState` without what the launcher knows. */
type OwnState = SupervisedState extends infer State ? (State extends unknown ? Omit<State, 'attempts'> : never) : never;

class ModelSupervisor implements SupervisedModel {
  readonly #options: Omit<LauncherOptions, 'onTrying' | 'onSessionEnd'>;
  readonly #launcher: Launcher;
  readonly #jobs = new JobQueue();
  readonly #turns = new Turns();
  readonly #waiters = new Waiters<Running>();
  #state: SupervisedState = { phase: 'idle', attempts: [] };
  #running: Running | undefined;
  /** Calls that were with the last worker that failed. */
  #suspects: Job[] = [];
  #rounds = 0;
  #launches = 0;
  #texts = 0;
  #stopIdling = (): void => undefined;

  constructor(options: Omit<LauncherOptions, 'onTrying' | 'onSessionEnd'>) {
    this.#options = options;
    this.#launcher = new Launcher({
      ...options,
      onTrying: (profile) => this.#become({ phase: 'starting', profile }),
      onSessionEnd: (session, error) => {
        if (this.#running?.session === session) this.#recover(this.#running, error);
      },
    });
  }

  get state(): SupervisedState {
    return this.#state;
  }

  async start(): Promise<void> {
    if (this.#state.phase === 'stopped') void this.#launch();
    await this.#whenReady(undefined);
  }

  async retry(): Promise<void> {
    this.#halt(new AppError('engine-gone', 'the model is started anew'), { keepCalls: true });
    await this.#launcher.forget();
    void this.#launch();
    await this.#whenReady(undefined);
  }

  stop(): void {
    this.#halt(new AppError('engine-gone', 'the model was stopped'), { keepCalls: false });
    this.#become({ phase: 'stopped' });
  }

  call<Method extends ModelMethod>(method: Method, args: ModelCalls[Method]['args'], { signal, isUrgent = false }: CallOptions = {}): Promise<ModelCalls[Method]['result']> {
    const { limits } = this.#options;
    return new Promise<unknown>((resolve, reject) => {
      const settle = (run: () => void): void => {
        signal?.removeEventListener('abort', onAbort);
        run();
      };
      const job: Job = {
        isUrgent,
        failures: 0,
        run: (session, speed) => session.request({ kind: 'call', method, args }, callLimitMs(limits, method, args, speed), signal),
        resolve: (value) => settle(() => resolve(value)),
        reject: (error) => settle(() => reject(error)),
      };
      const onAbort = (): void => {
        this.#jobs.remove(job);
        job.reject(new AppError('aborted', `${method} was called off`));
        this.#pump();
      };
      const refusal = this.#refusal();
      if (signal?.aborted === true) return onAbort();
      if (refusal !== undefined) return reject(refusal);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#jobs.add(job);
      this.#wake();
      this.#pump();
    }) as Promise<ModelCalls[Method]['result']>;
  }

  async *stream(_method: 'generate', request: TextRequest, signal?: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
    const { clock, limits } = this.#options;
    this.#texts++;
    let release: (() => void) | undefined;
    try {
      release = await this.#turns.take(signal);
      if (release === undefined) return notBegun;
      const running = await this.#whenReady(signal);
      const onFree = release;
      release = undefined;
      const end = yield* writeText(running, { request, signal, clock, limits, onFree });
      if (running.session.ended === undefined) this.#worked();
      return end;
    } catch (thrown) {
      if (signal?.aborted === true) return notBegun;
      throw thrown;
    } finally {
      release?.();
      this.#texts--;
      this.#idle();
    }
  }

  #become(state: OwnState): void {
    this.#state = { ...state, attempts: this.#launcher.attempts };
    this.#options.onChange?.(this.#state);
  }

  async #launch(): Promise<void> {
    const mine = ++this.#launches;
    this.#become({ phase: 'starting', profile: undefined });
    for (;;) {
      try {
        const running = await this.#launcher.launch();
        if (mine === this.#launches) this.#serve(running);
        return;
      } catch (thrown) {
        if (mine !== this.#launches) return;
        if (!this.#blameSuspects(toAppError(thrown))) return this.#fail(toAppError(thrown));
      }
    }
  }

  #serve(running: Running): void {
    const { profile, speed, loadMs, worst } = running;
    this.#running = running;
    if (running.session.ended !== undefined) return this.#recover(running, running.session.ended);
    this.#become({ phase: 'ready', profile, speed, loadMs, ...(worst !== undefined && { worst }), slower: this.#launcher.slower });
    this.#waiters.resolveAll(running);
    this.#pump();
  }

  /** Rejects calls that ended a worker of every profile, so that the others may go on; false when there is nothing to blame any more. */
  #blameSuspects(error: AppError): boolean {
    const suspects = this.#suspects.filter((job) => this.#jobs.remove(job));
    this.#suspects = [];
    for (const job of suspects) job.reject(error);
    if (suspects.length === 0 || ++this.#rounds >= maxRounds) return false;
    this.#launcher.refill();
    return true;
  }

  #fail(error: AppError): void {
    this.#become({ phase: 'failed', error: toWireError(error) });
    this.#rejectAll(error);
  }

  #recover({ profile }: Running, error: AppError): void {
    const isFault = error.code !== 'aborted';
    this.#running = undefined;
    const recalled = this.#jobs.recall(isFault);
    if (isFault) {
      this.#suspects = recalled;
      this.#launcher.failedInService(profile, error);
    }
    void this.#launch();
  }

  /** Ends worker and start; what waits is rejected or kept for the next start. */
  #halt(error: AppError, { keepCalls }: { keepCalls: boolean }): void {
    const { session } = this.#running ?? {};
    this.#launches++;
    this.#running = undefined;
    this.#stopIdling();
    this.#launcher.abandon();
    if (keepCalls) this.#jobs.recall(false);
    else this.#rejectAll(error);
    this.#suspects = [];
    this.#rounds = 0;
    session?.end(error);
  }

  #rejectAll(error: AppError): void {
    this.#waiters.rejectAll(error);
    this.#jobs.rejectAll(error);
  }

  #refusal(): AppError | undefined {
    if (this.#state.phase === 'failed') return fromWireError(this.#state.error);
    return this.#state.phase === 'stopped' ? new AppError('engine-gone', 'the model was stopped') : undefined;
  }

  #wake(): void {
    this.#stopIdling();
    if (this.#state.phase === 'idle') void this.#launch();
  }

  async #whenReady(signal: AbortSignal | undefined): Promise<Running> {
    const refusal = this.#refusal();
    if (refusal !== undefined) throw refusal;
    this.#wake();
    return this.#running ?? this.#waiters.wait(signal);
  }

  #pump(): void {
    const running = this.#running;
    if (running === undefined) return;
    for (let job = this.#jobs.next(); job !== undefined; job = this.#jobs.next()) void this.#run(job, running);
    this.#idle();
  }

  async #run(job: Job, { session, speed }: Running): Promise<void> {
    try {
      const value = await job.run(session, speed);
      if (!this.#jobs.isUnderWay(job)) return;
      this.#jobs.remove(job);
      this.#worked();
      job.resolve(value);
    } catch (thrown) {
      const error = toAppError(thrown);
      // A session that ended took its calls back to the queue already.
      if (session.ended !== undefined || !this.#jobs.isUnderWay(job)) return;
      if (!isOfRequest(error)) return session.end(error);
      this.#jobs.remove(job);
      job.reject(error);
    }
    this.#pump();
  }

  #worked(): void {
    this.#rounds = 0;
    this.#suspects = [];
    this.#launcher.worked();
  }

  /** Sets the time to unload by, if nothing is asked of the model. */
  #idle(): void {
    const { idleUnloadMs, clock } = this.#options;
    this.#stopIdling();
    if (idleUnloadMs === undefined || this.#running === undefined || !this.#jobs.isEmpty || this.#texts > 0) return;
    this.#stopIdling = clock.after(idleUnloadMs, () => {
      this.#halt(new AppError('aborted', 'unloaded for want of use'), { keepCalls: true });
      this.#become({ phase: 'idle' });
    });
  }
}
