import type { DeviceProbe, EngineProfile } from '#core/device/engine-profile.ts';
import type { PlanPrefs } from '#core/device/device-plan.ts';
import { planModel } from '#core/device/plan-profiles.ts';
import { refusalError } from '#core/device/refusal-error.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelDtype, ModelEngine, ModelKey, ModelManifest, ModelTask } from '#core/models/model-manifest.ts';
import type { ModelCalls, ModelMethod } from '../supervisor/model-worker-protocol.ts';
import type { ModelWorker } from '../supervisor/model-worker.ts';
import type { CallOptions, SupervisedModel, SupervisedState, SuperviseOptions } from '../supervisor/supervised-model.ts';
import { verdictKey, type VerdictMemory } from '../supervisor/verdict-memory.ts';
import type { WorkGate } from '../work-gate.ts';
import type { InService, ServedModelFacts } from './in-service.ts';

export type RunningModelsDeps = {
  supervise: (options: SuperviseOptions) => SupervisedModel;
  startWorker: (manifest: ModelManifest, profile: EngineProfile) => ModelWorker;
  libraryVersions: Record<ModelEngine, string>;
  verdicts: VerdictMemory;
  baseUrl: string;
  prefs: PlanPrefs;
  /** Writing is urgent: work in the background waits for it, as starting models waits for answers. */
  gate: WorkGate;
  onChange: () => void;
};

/** A model that may be run: its files are here, or the browser has it. */
export type RunnableModel = { key: ModelKey; manifest: ModelManifest; storedDtypes?: readonly ModelDtype[] };

type Used = { key: ModelKey; manifest: ModelManifest; supervised: SupervisedModel };

/** In this order models are started, one after the other: what every question needs first. */
const startOrder: readonly ModelTask[] = ['embed', 'rerank', 'generate'];
/** A generator nobody asks gives its memory back. */
const generatorIdleMs = 15 * 60_000;
/** A GPU slower than this is compared with the processor, once; items a second by task. */
const compareBelow = { embed: 40, rerank: 40, generate: 15 } as const;

/** The models in use, one a task at most, each under a supervisor of its own. */
export class RunningModels {
  readonly #deps: RunningModelsDeps;
  readonly #used = new Map<ModelTask, Used>();
  #starting: Promise<void> = Promise.resolve();

  constructor(deps: RunningModelsDeps) {
    this.#deps = deps;
  }

  /**
   * Starts what may be run and is not, one after the other and not while somebody waits for an answer; a call to one
   * that waits starts it at once.
   */
  start(probe: DeviceProbe, find: (task: ModelTask) => RunnableModel | undefined): void {
    const used = startOrder.flatMap((task) => {
      const model = find(task);
      return model === undefined ? [] : [this.#use(task, model, probe)];
    });
    this.#starting = this.#starting.then(async () => {
      for (const { supervised } of used) {
        await this.#deps.gate.whenFree();
        if (supervised.state.phase === 'idle') await supervised.start().catch(() => undefined);
      }
    });
  }

  /** Ends the model of a task, or only if it is this one. */
  stop(task: ModelTask, key?: ModelKey): void {
    const used = this.#used.get(task);
    if (used === undefined || (key !== undefined && used.key !== key)) return;
    this.#used.delete(task);
    used.supervised.stop();
  }

  keyOf(task: ModelTask): ModelKey | undefined {
    return this.#used.get(task)?.key;
  }

  stateOf(key: ModelKey): SupervisedState | undefined {
    return this.#find(key)?.supervised.state;
  }

  /** False where it is not in use. */
  retry(key: ModelKey): boolean {
    const used = this.#find(key);
    used?.supervised.retry().catch(() => undefined);
    return used !== undefined;
  }

  inService(): Pick<InService, 'models' | 'starting' | 'failed'> {
    const models: InService['models'] = {};
    const starting: ModelTask[] = [];
    const failed: ModelTask[] = [];
    for (const [task, { key, manifest, supervised }] of this.#used) {
      const facts = toFacts(key, manifest, supervised.state);
      if (supervised.state.phase === 'failed') failed.push(task);
      if (facts?.speed === 0) starting.push(task);
      // A question waits for a generator that is being started; the rest goes on without.
      if (facts !== undefined && (facts.speed > 0 || task === 'generate')) models[task] = facts;
    }
    return { models, starting, failed };
  }

  /** A call to a model in service, which must still run with the dtype the caller knows. Errors: `engine-gone`, and those of `SupervisedModel`. */
  async call<Method extends ModelMethod>({ key, profile }: Pick<ServedModelFacts, 'key' | 'profile'>, method: Method, args: ModelCalls[Method]['args'], options?: CallOptions): Promise<ModelCalls[Method]['result']> {
    const { supervised } = this.#running(key);
    const result = await supervised.call(method, args, options);
    const { state } = supervised;
    if (method !== 'countTokens' && state.phase === 'ready' && state.profile.dtype !== profile.dtype) throw new AppError('engine-gone', `${key} runs with another dtype now`);
    return result;
  }

  async *stream(key: ModelKey, request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
    const { supervised } = this.#running(key);
    const leave = this.#deps.gate.enter();
    try {
      return yield* supervised.stream('generate', request, signal);
    } finally {
      leave();
    }
  }

  #use(task: ModelTask, { key, manifest, storedDtypes }: RunnableModel, probe: DeviceProbe): Used {
    const known = this.#used.get(task);
    if (known?.key === key) return known;
    this.stop(task);
    const { prefs, verdicts, baseUrl, libraryVersions, startWorker, supervise, onChange } = this.#deps;
    const plan = planModel(probe, manifest, [], storedDtypes === undefined ? prefs : { ...prefs, storedDtypes });
    const supervised = supervise({
      key, manifest, baseUrl, onChange,
      plan: plan.profiles,
      ...(plan.profiles.length === 0 && { refusal: toWireError(refusalError(plan)) }),
      startWorker: (profile) => startWorker(manifest, profile),
      memory: verdicts,
      verdictKey: verdictKey(probe, key, libraryVersions[manifest.engine]),
      compareBelow: compareBelow[task],
      ...(task === 'generate' && { idleUnloadMs: generatorIdleMs }),
    });
    const used = { key, manifest, supervised };
    this.#used.set(task, used);
    return used;
  }

  #find(key: ModelKey): Used | undefined {
    return [...this.#used.values()].find((used) => used.key === key);
  }

  #running(key: ModelKey): Used {
    const used = this.#find(key);
    if (used === undefined) throw new AppError('engine-gone', `${key} is not in service`);
    return used;
  }
}

/** A model that calls may be made to; `undefined` for one that has failed or was ended. */
function toFacts(key: ModelKey, manifest: ModelManifest, state: SupervisedState): ServedModelFacts | undefined {
  if (state.phase === 'ready') return { key, manifest, profile: state.profile, speed: state.speed };
  if (state.phase !== 'starting' && state.phase !== 'idle') return undefined;
  const profile = state.phase === 'starting' ? state.profile : undefined;
  return { key, manifest, profile: profile ?? { engine: manifest.engine, device: 'wasm', dtype: manifest.variants[0]!.dtype, threads: 1, batch: 1, buckets: [] }, speed: 0 };
}
