import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ErrorCode, WireError } from '#core/errors/app-error.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import type { Clock } from './clock.ts';
import type { ModelCalls, ModelMethod } from './model-worker-protocol.ts';
import type { ModelWorker } from './model-worker.ts';
import type { SupervisorLimits } from './supervisor-limits.ts';
import type { VerdictMemory } from './verdict-memory.ts';

/** A profile that was given up: it did not start, or failed in service. `during` tells which. */
export type ProfileAttempt = { profile: EngineProfile; code: ErrorCode; reason: string; during: 'start' | 'service' };

/** `idle`: no worker, the next call starts one. `attempts`: last first, since the first start or the last retry. */
export type SupervisedState = { attempts: readonly ProfileAttempt[] } & (
  | { phase: 'idle' | 'stopped' }
  | { phase: 'starting'; profile: EngineProfile | undefined }
  | { phase: 'ready'; profile: EngineProfile; speed: number; loadMs: number; worst?: number; slower: readonly { profile: EngineProfile; speed: number }[] }
  | { phase: 'failed'; error: WireError }
);

/**
 * One model in service, whatever happens to its workers. Calls made while it starts wait; every call settles. A call that
 * was lost with its worker is made again on the next one. Errors of all: `aborted` (by its own signal), `invalid-input`
 * (the model refused the request itself), `engine-gone` (stopped), or why no profile works any more.
 */
export type SupervisedModel = {
  readonly state: SupervisedState;
  /** Starts it if it is not started. Resolves when ready; rejects with why it failed. */
  start(): Promise<void>;
  /** After a failure, or to give a lost GPU another chance: forgets what failed here and starts anew. */
  retry(): Promise<void>;
  /** Ends its worker; calls reject with `engine-gone` until it is started again. */
  stop(): void;
  /** `isUrgent`: before calls that wait (a question's before those of an index). */
  call<Method extends ModelMethod>(method: Method, args: ModelCalls[Method]['args'], options?: CallOptions): Promise<ModelCalls[Method]['result']>;
  /**
   * A text, pulled, one at a time: others wait. Aborting ends it with reason `stopped`: when the worker heeds it, or after
   * two seconds by replacing the worker (its counts are then what had arrived). Lost with its worker it rejects with
   * `engine-gone` and is not begun again.
   */
  stream(method: 'generate', request: TextRequest, signal?: AbortSignal): AsyncGenerator<string, TextEnd, undefined>;
};

export type CallOptions = { signal?: AbortSignal | undefined; isUrgent?: boolean };

export type SuperviseOptions = {
  key: ModelKey;
  manifest: ModelManifest;
  /** Profiles to try, best first (`planProfiles`). */
  plan: readonly EngineProfile[];
  /** Why there are none (`refusalError`), where there are none. */
  refusal?: WireError;
  startWorker: (profile: EngineProfile) => ModelWorker;
  baseUrl: string;
  memory: VerdictMemory;
  /** Of this device, model and library (`verdictKey`). */
  verdictKey: string;
  onChange?: (state: SupervisedState) => void;
  /** Without calls for this long the worker is ended, to give its memory back. Absent: never. */
  idleUnloadMs?: number;
  /** A GPU slower than this (items a second) is compared with the processor, once. Absent: never. */
  compareBelow?: number;
  clock?: Clock;
  limits?: Partial<SupervisorLimits>;
};
