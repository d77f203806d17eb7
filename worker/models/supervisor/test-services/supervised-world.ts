import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { superviseModel } from '../supervise-model.ts';
import type { SupervisedModel, SupervisedState, SuperviseOptions } from '../supervised-model.ts';
import { createMemoryVerdicts, type VerdictMemory } from '../verdict-memory.ts';
import { createScriptedWorker, type ScriptedWorker, type WorkerScript } from './scripted-worker.ts';
import { VirtualClock } from './virtual-clock.ts';

export const gpu: EngineProfile = { engine: 'transformers', device: 'webgpu', dtype: 'fp16', ortBuild: 'asyncify', threads: 1, batch: 32, buckets: [32, 256] };
export const wasm: EngineProfile = { engine: 'transformers', device: 'wasm', dtype: 'q8', ortBuild: 'plain', threads: 2, batch: 1, buckets: [] };
export const oneThread: EngineProfile = { ...wasm, threads: 1 };

export const manifest: ModelManifest = {
  id: 'org/model',
  commit: 'c0ffee',
  title: 'Model',
  task: 'embed',
  engine: 'transformers',
  licence: { name: 'Apache-2.0' },
  parameters: 1,
  files: [],
  variants: [],
};

export const request = (content = 'Hello'): TextRequest => ({ messages: [{ role: 'user', content }], maxTokens: 8 });

/** Scripts by what `nameOf` calls a profile: one for each worker in turn, the last for all that follow. */
export type Scripts = Partial<Record<'gpu' | 'wasm' | 'oneThread', WorkerScript[]>>;

export const nameOf = ({ device, threads }: EngineProfile): 'gpu' | 'wasm' | 'oneThread' => (device === 'webgpu' ? 'gpu' : threads > 1 ? 'wasm' : 'oneThread');

export type SupervisedWorld = {
  model: SupervisedModel;
  clock: VirtualClock;
  memory: VerdictMemory;
  /** Profiles of the workers started, and the workers. */
  started: string[];
  workers: ScriptedWorker[];
  states: SupervisedState[];
};

/** A supervised model over scripted workers, in virtual time. */
export function createSupervisedWorld(scripts: Scripts, options: Partial<SuperviseOptions> = {}): SupervisedWorld {
  const clock = new VirtualClock();
  const memory = options.memory ?? createMemoryVerdicts();
  const started: string[] = [];
  const workers: ScriptedWorker[] = [];
  const states: SupervisedState[] = [];
  const startWorker = (profile: EngineProfile): ScriptedWorker => {
    const name = nameOf(profile);
    const turn = started.filter((other) => other === name).length;
    started.push(name);
    const list = scripts[name] ?? [];
    const worker = createScriptedWorker(list[Math.min(turn, list.length - 1)] ?? {}, clock);
    workers.push(worker);
    return worker;
  };
  const model = superviseModel({
    key: modelKey(manifest), manifest, plan: [gpu, wasm], startWorker, baseUrl: 'https://alcove.test/', verdictKey: 'here',
    clock, onChange: (state) => states.push(state), ...options, memory,
  });
  return { model, clock, memory, started, workers, states };
}

/** Everything of a text, and how it ended. */
export async function readAll(text: AsyncGenerator<string, TextEnd, undefined>): Promise<{ text: string; end: TextEnd }> {
  let all = '';
  for (;;) {
    const step = await text.next();
    if (step.done === true) return { text: all, end: step.value };
    all += step.value;
  }
}
