import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { EngineApi, ModelsState } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';
import { modelKey, type ModelKey } from '#core/models/model-manifest.ts';
import type { ModelState } from '#core/models/model-state.ts';

type Desk = Pick<EngineApi, 'installModel' | 'pauseModel' | 'cancelModel' | 'removeModel' | 'repairModel' | 'importModels' | 'chooseModel' | 'retryModel'>;

const wait = (delayMs: number) => new Promise<void>((resolve) => { setTimeout(resolve, delayMs); });
const downloadSteps = 24;
const indexedPassages = 1_204;
const bytesPerSecond = 4_200_000;
const wasm: EngineProfile = { engine: 'transformers', device: 'wasm', dtype: 'q8', threads: 2, batch: 8, buckets: [] };

/** A device without WebGPU, as most test machines are. */
export const fakeDevice: NonNullable<ModelsState['device']> = { cores: 8, memoryGb: 8, crossOriginIsolated: true, simd: true, jspi: false, browser: 'Chromium 156', builtInModel: 'unavailable' };

type Known = Pick<ModelState, 'id' | 'title' | 'task' | 'parameters' | 'memoryBytes'> & Partial<ModelState> & { commit?: string };

function known({ commit = 'a1', ...model }: Known): ModelState {
  return { key: modelKey({ id: model.id, commit }), engine: 'transformers', licence: { name: 'Apache-2.0' }, storedBytes: 0, phase: 'available', isChosen: false, dtype: 'q8', source: 'same-origin', ...model };
}

/** Models of every kind that the page must have words for. */
export function fakeCatalogue(): ModelState[] {
  return [
    known({ id: 'sentence-transformers/all-MiniLM-L6-v2', title: 'all-MiniLM-L6-v2', task: 'embed', parameters: 22_700_000, memoryBytes: 90_000_000, downloadBytes: 23_000_000, languages: ['en'] }),
    known({ id: 'sentence-transformers/all-MiniLM-L6-v2', commit: 'b2', title: 'all-MiniLM-L6-v2', task: 'embed', parameters: 22_700_000, memoryBytes: 90_000_000, downloadBytes: 22_900_000, languages: ['en'], source: 'hub' }),
    known({ id: 'ibm-granite/granite-embedding-97m-multilingual-r2', title: 'granite-embedding 97M multilingual', task: 'embed', parameters: 97_000_000, memoryBytes: 310_000_000, source: 'hub' }),
    known({ id: 'cross-encoder/ms-marco-MiniLM-L6-v2', title: 'ms-marco-MiniLM-L6-v2', task: 'rerank', parameters: 22_700_000, memoryBytes: 95_000_000, downloadBytes: 23_200_000, languages: ['en'] }),
    known({ id: 'HuggingFaceTB/SmolLM2-135M-Instruct', title: 'SmolLM2 135M Instruct', task: 'generate', parameters: 134_500_000, memoryBytes: 350_000_000, downloadBytes: 128_700_000, languages: ['en'], trust: 'toy' }),
    known({ id: 'onnx-community/Qwen2.5-0.5B-Instruct', title: 'Qwen2.5 0.5B Instruct', task: 'generate', parameters: 494_000_000, memoryBytes: 900_000_000, downloadBytes: 512_000_000, trust: 'small' }),
    known({ id: 'alcove/accepted-1B', title: 'Accepted 1B', task: 'generate', parameters: 1_000_000_000, memoryBytes: 1_600_000_000, downloadBytes: 810_000_000, trust: 'able', licence: { name: 'Community Licence', url: 'https://licence.example/community', mustAccept: true } }),
    withoutDtype(known({ id: 'mlc-ai/Qwen3-1.7B-q4f16_1-MLC', title: 'Qwen3 1.7B', task: 'generate', engine: 'web-llm', parameters: 1_700_000_000, memoryBytes: 2_000_000_000, downloadBytes: 1_100_000_000, trust: 'able', source: 'hub' })),
  ];
}

function withoutDtype({ dtype: _none, ...model }: ModelState): ModelState {
  return model;
}

/** The models of the fake engine: downloads take their steps, Qwen2.5 arrives damaged, whatever is named so fails to run. */
export class FakeModels implements Desk {
  readonly #models = new Map<ModelKey, ModelState>();
  readonly #stepMs: number;
  readonly #emit: (models: ModelsState) => void;
  readonly #canAskHub: boolean;

  constructor(stepMs: number, canAskHub: boolean, emit: (models: ModelsState) => void) {
    this.#stepMs = stepMs;
    this.#emit = emit;
    this.#canAskHub = canAskHub;
    for (const model of fakeCatalogue()) this.#models.set(model.key, model);
  }

  read(): ModelsState {
    return { device: fakeDevice, models: [...this.#models.values()], canAskHub: this.#canAskHub };
  }

  /** The model that writes, where one is ready; `wanted` as in `AskRequest`. */
  writer(wanted: ModelKey | 'quotes' | undefined): ModelState | undefined {
    const ready = [...this.#models.values()].filter(({ task, phase }) => task === 'generate' && phase === 'ready');
    return ready.find(({ key, isChosen }) => (wanted === undefined ? isChosen : key === wanted));
  }

  async installModel(key: ModelKey): Promise<void> {
    const { downloadBytes = 98_000_000 } = this.#model(key);
    this.#change(key, { phase: 'downloading', downloadBytes, progress: this.#model(key).progress ?? { loadedBytes: 0, totalBytes: downloadBytes } });
    void this.#download(key);
  }

  async pauseModel(key: ModelKey): Promise<void> {
    this.#change(key, { phase: 'paused' });
  }

  async cancelModel(key: ModelKey): Promise<void> {
    this.#drop(key, ['progress', 'error'], { phase: 'available', storedBytes: 0 });
  }

  async removeModel(key: ModelKey): Promise<void> {
    this.#drop(key, ['progress', 'error', 'running', 'indexed'], { phase: 'available', storedBytes: 0, isChosen: false });
  }

  async repairModel(key: ModelKey): Promise<void> {
    this.#drop(key, ['error'], { phase: 'checking' });
    void this.#finish(key, false);
  }

  async importModels(files: Parameters<EngineApi['importModels']>[0]): Promise<ModelKey[]> {
    await wait(this.#stepMs);
    const found = [...this.#models.values()].filter(({ id }) => files.some(({ name, path }) => (path ?? name).includes(id.split('/')[1] ?? id)));
    if (found.length === 0) throw new AppError('model/invalid', 'no model in these files');
    for (const { key, downloadBytes = 0 } of found) this.#change(key, { phase: 'installed', storedBytes: downloadBytes, source: 'files' });
    return found.map(({ key }) => key);
  }

  async chooseModel(task: ModelState['task'], key: ModelKey | undefined): Promise<void> {
    for (const model of [...this.#models.values()].filter((one) => one.task === task)) {
      if (model.key === key) await this.#start(key);
      else if (model.isChosen) this.#drop(model.key, ['running', 'indexed'], { isChosen: false, phase: model.storedBytes > 0 ? 'installed' : model.phase });
    }
  }

  async retryModel(key: ModelKey): Promise<void> {
    this.#drop(key, ['error'], {});
    await this.#start(key);
  }

  async #download(key: ModelKey): Promise<void> {
    for (;;) {
      await wait(this.#stepMs);
      const { phase, progress } = this.#model(key);
      if (phase !== 'downloading' || !progress) return;
      const loadedBytes = Math.min(progress.totalBytes, progress.loadedBytes + Math.ceil(progress.totalBytes / downloadSteps));
      this.#change(key, { storedBytes: loadedBytes, progress: { ...progress, loadedBytes, bytesPerSecond, secondsLeft: (progress.totalBytes - loadedBytes) / bytesPerSecond } });
      if (loadedBytes === progress.totalBytes) break;
    }
    this.#drop(key, ['progress'], { phase: 'checking' });
    void this.#finish(key, /Qwen2/.test(key));
  }

  async #finish(key: ModelKey, isDamaged: boolean): Promise<void> {
    await wait(this.#stepMs * 3);
    const { downloadBytes = 0, storedBytes, task } = this.#model(key);
    if (isDamaged) return this.#change(key, { phase: 'failed', error: { code: 'model/corrupt', message: 'made to fail' }, attempts: [{ profile: wasm, reason: 'onnx/model_quantized.onnx is not what its hash says' }] });
    this.#change(key, { phase: 'installed', storedBytes: downloadBytes || storedBytes });
    if (![...this.#models.values()].some((model) => model.task === task && model.isChosen)) await this.#start(key);
  }

  async #start(key: ModelKey): Promise<void> {
    this.#change(key, { isChosen: true, phase: 'starting' });
    void this.#run(key);
  }

  async #run(key: ModelKey): Promise<void> {
    await wait(this.#stepMs * 4);
    const { task, isChosen } = this.#model(key);
    if (!isChosen) return;
    if (/Accepted/.test(this.#model(key).title)) return this.#change(key, { phase: 'failed', error: { code: 'model/out-of-memory', message: 'made to fail' }, attempts: [{ profile: wasm, reason: 'the tab was given no more memory' }] });
    const speed = task === 'generate' ? { value: 27.4, unit: 'tokens/s' as const } : task === 'embed' ? { value: 61, unit: 'passages/s' as const } : { value: 48, unit: 'pairs/s' as const };
    this.#change(key, { phase: 'ready', running: { profile: wasm, speed, loadMs: 1_240 } });
    if (task === 'embed') await this.#index(key);
  }

  async #index(key: ModelKey): Promise<void> {
    for (let done = 431; done <= indexedPassages; done += Math.ceil(indexedPassages / downloadSteps)) {
      if (!this.#model(key).isChosen) return;
      this.#change(key, { indexed: { done, total: indexedPassages } });
      await wait(this.#stepMs * 4);
    }
    if (this.#model(key).isChosen) this.#change(key, { indexed: { done: indexedPassages, total: indexedPassages } });
  }

  #model(key: ModelKey): ModelState {
    const model = this.#models.get(key);
    if (!model) throw new AppError('not-found', `no model ${key}`);
    return model;
  }

  #change(key: ModelKey, change: Partial<ModelState>): void {
    this.#models.set(key, { ...this.#model(key), ...change });
    this.#emit(this.read());
  }

  #drop(key: ModelKey, fields: ('progress' | 'error' | 'running' | 'indexed')[], change: Partial<ModelState>): void {
    const model = { ...this.#model(key), ...change };
    for (const field of fields) delete model[field];
    this.#models.set(key, model);
    this.#emit(this.read());
  }
}
