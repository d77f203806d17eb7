import type { DeviceProbe } from '#core/device/engine-profile.ts';
import { planModel } from '#core/device/plan-profiles.ts';
import { refusalError } from '#core/device/refusal-error.ts';
import type { ModelsState } from '#core/engine/engine-api.ts';
import { AppError, toWireError, type WireError } from '#core/errors/app-error.ts';
import { mergeCatalogue, type CatalogueEntry } from '#core/models/merge-catalogue.ts';
import { modelKey, type ModelKey, type ModelManifest, type ModelTask } from '#core/models/model-manifest.ts';
import type { ServedModels } from '#core/models/served-model.ts';
import type { GivenFile, ModelStore, ModelStoreEvent } from '../store/model-store.ts';
import type { StoredModel } from '../store/stored-models.ts';
import { chooseDtypes } from './choose-dtypes.ts';
import { describeModel } from './describe-model.ts';
import type { InService } from './in-service.ts';
import type { ModelWishes } from './model-wishes.ts';
import { RunningModels, type RunnableModel, type RunningModelsDeps } from './running-models.ts';

export type ModelHostDeps = Omit<RunningModelsDeps, 'onChange'> & {
  builtIn: readonly ModelManifest[];
  /** What the server offers; `undefined` where nobody can be asked. */
  readServed: () => Promise<ServedModels | undefined>;
  createStore: (hub: string | null, onEvent: (event: ModelStoreEvent) => void) => ModelStore;
  probe: () => Promise<DeviceProbe>;
  wishes: ModelWishes;
  onState: (state: ModelsState) => void;
  onInService: (models: InService) => void;
  onTrouble: (thrown: unknown) => void;
};

/**
 * The models of an origin, in the one engine that leads: which there are, which are stored, which run. Nothing of it is
 * touched before `start`. Errors of its acts are those of `EngineApi`.
 */
export class ModelHost {
  readonly #deps: ModelHostDeps;
  readonly running: RunningModels;
  readonly #work = new Map<ModelKey, ModelStoreEvent>();
  readonly #errors = new Map<ModelKey, WireError>();
  #entries = new Map<ModelKey, CatalogueEntry>();
  #stored = new Map<ModelKey, StoredModel>();
  #choices = new Map<ModelTask, ModelKey>();
  #indexed: { done: number; total: number } | undefined;
  #probe: DeviceProbe | undefined;
  #store: ModelStore | undefined;
  #canAskHub = true;
  /** All there is to know at the start is known; before that, nothing is told. */
  #isWhole = false;
  #started: Promise<void> | undefined;

  constructor(deps: ModelHostDeps) {
    this.#deps = deps;
    this.running = new RunningModels({ ...deps, onChange: () => this.#announce() });
  }

  /** Finds out what there is and starts what is chosen. Resolves when the state can be read. */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  read(): ModelsState {
    const probe = this.#probe;
    if (probe === undefined) return { models: [], canAskHub: this.#canAskHub };
    const models = [...this.#entries.values()].filter((entry) => this.#canBeHad(entry)).map((entry) =>
      describeModel({
        entry,
        probe,
        stored: this.#stored.get(entry.key),
        work: this.#work.get(entry.key),
        error: this.#errors.get(entry.key),
        supervised: this.running.stateOf(entry.key),
        isChosen: this.#choices.get(entry.manifest.task) === entry.key,
        indexed: this.#choices.get('embed') === entry.key ? this.#indexed : undefined,
      }),
    );
    return { device: probe, models, canAskHub: this.#canAskHub };
  }

  inService(): InService {
    const { models, starting, failed } = this.running.inService();
    return { models, chosen: [...this.#choices.keys()], starting, failed };
  }

  async install(key: ModelKey): Promise<void> {
    await this.start();
    const { manifest } = this.#entry(key);
    const plan = planModel(this.#probe!, manifest, [], this.#deps.prefs);
    if (plan.profiles.length === 0) throw refusalError(plan);
    if (manifest.engine === 'browser') return this.choose(manifest.task, key);
    await this.#begin(key, manifest, () => this.#store!.begin(manifest, chooseDtypes(plan, manifest)));
  }

  async pause(key: ModelKey): Promise<void> {
    await this.start();
    await this.#deps.wishes.setDownload(key, false);
    await this.#store!.pause(key);
    await this.#refresh();
  }

  async cancel(key: ModelKey): Promise<void> {
    await this.start();
    await this.#deps.wishes.setDownload(key, false);
    await this.#store!.cancel(key);
    this.#errors.delete(key);
    await this.#refresh();
  }

  async remove(key: ModelKey): Promise<void> {
    await this.start();
    const { task } = this.#entry(key).manifest;
    if (this.#choices.get(task) === key) await this.choose(task, undefined);
    await this.#deps.wishes.setDownload(key, false);
    await this.#store!.remove(key);
    this.#errors.delete(key);
    await this.#refresh();
  }

  async repair(key: ModelKey): Promise<void> {
    await this.start();
    const { manifest } = this.#entry(key);
    this.running.stop(manifest.task, key);
    await this.#begin(key, manifest, () => this.#store!.repair(key));
  }

  async importFiles(files: readonly GivenFile[]): Promise<ModelKey[]> {
    await this.start();
    // One without files, as the browser's own, would be found in anything.
    const known = [...this.#entries.values()].map(({ manifest }) => manifest).filter(({ files }) => files.length > 0);
    const manifests = await this.#store!.importFiles(files, known);
    await this.#refresh();
    const keys = manifests.map(modelKey);
    for (const key of keys) await this.#chooseWhereNone(key);
    return keys;
  }

  async choose(task: ModelTask, key: ModelKey | undefined): Promise<void> {
    await this.start();
    if (key !== undefined && this.#entry(key).manifest.task !== task) throw new AppError('invalid-input', `${key} is not for ${task}`);
    await this.#deps.wishes.choose(task, key);
    if (key === undefined) this.#choices.delete(task);
    else this.#choices.set(task, key);
    if (this.running.keyOf(task) !== key) this.running.stop(task);
    if (task === 'embed') this.#indexed = undefined;
    this.#startChosen();
    this.#announce();
  }

  async retry(key: ModelKey): Promise<void> {
    await this.start();
    this.#errors.delete(key);
    if (!this.running.retry(key)) await this.choose(this.#entry(key).manifest.task, key);
    this.#announce();
  }

  reportIndexed(progress: { done: number; total: number } | undefined): void {
    this.#indexed = progress;
    this.#announce();
  }

  async #start(): Promise<void> {
    const { probe, readServed, createStore, wishes, builtIn } = this.#deps;
    const [device, served, choices] = await Promise.all([probe(), readServed(), wishes.readChoices()]);
    this.#probe = device;
    this.#choices = choices;
    this.#canAskHub = served === undefined || served.hub !== null;
    this.#entries = new Map(mergeCatalogue(builtIn, served?.models ?? []).map((entry) => [entry.key, entry]));
    this.#store = createStore(served?.hub ?? null, (event) => this.#hear(event));
    await this.#store.adopt([...this.#entries.values()].map(({ manifest }) => manifest));
    await this.#takeStock();
    this.#startChosen();
    this.#isWhole = true;
    this.#announce();
    for (const key of await wishes.readDownloads()) void this.#resume(key);
  }

  async #resume(key: ModelKey): Promise<void> {
    const stored = this.#stored.get(key);
    if (stored === undefined || stored.isWhole) return this.#deps.wishes.setDownload(key, false);
    await this.#begin(key, stored.manifest, () => this.#store!.begin(this.#entry(key).manifest, stored.dtypes)).catch(() => undefined);
  }

  async #begin(key: ModelKey, manifest: ModelManifest, begin: () => ReturnType<ModelStore['begin']>): Promise<void> {
    this.#errors.delete(key);
    this.#work.delete(key);
    try {
      await this.#deps.wishes.setDownload(key, true);
      const { done } = await begin();
      void this.#follow(key, manifest.task, done);
    } catch (thrown) {
      await this.#fail(key, thrown);
      throw thrown;
    }
  }

  async #follow(key: ModelKey, task: ModelTask, done: Promise<unknown>): Promise<void> {
    try {
      await done;
      await this.#deps.wishes.setDownload(key, false);
      await this.#refresh();
      await this.#chooseWhereNone(key);
      if (this.#choices.get(task) === key) this.#startChosen();
    } catch (thrown) {
      await this.#fail(key, thrown).catch(this.#deps.onTrouble);
    }
  }

  async #fail(key: ModelKey, thrown: unknown): Promise<void> {
    const error = toWireError(thrown);
    if (error.code !== 'aborted') {
      this.#errors.set(key, error);
      await this.#deps.wishes.setDownload(key, false);
    }
    await this.#refresh();
  }

  async #chooseWhereNone(key: ModelKey): Promise<void> {
    const { task } = this.#entry(key).manifest;
    if (!this.#choices.has(task)) await this.choose(task, key);
  }

  #hear(event: ModelStoreEvent): void {
    this.#work.set(event.key, event);
    this.#announce();
  }

  async #refresh(): Promise<void> {
    await this.#takeStock();
    this.#announce();
  }

  async #takeStock(): Promise<void> {
    const stored = await this.#store!.list();
    this.#stored = new Map(stored.map((model) => [model.key, model]));
    for (const { key, manifest } of stored) if (!this.#entries.has(key)) this.#entries.set(key, { key, manifest, from: 'files' });
  }

  #startChosen(): void {
    this.running.start(this.#probe!, (task) => this.#runnable(task));
  }

  /** The model chosen for a task, where it is here. */
  #runnable(task: ModelTask): RunnableModel | undefined {
    const key = this.#choices.get(task);
    const stored = key && this.#stored.get(key);
    if (stored?.isWhole === true) return { key: stored.key, manifest: stored.manifest, storedDtypes: stored.usableDtypes };
    const entry = key && this.#entries.get(key);
    return entry && entry.manifest.engine === 'browser' ? entry : undefined;
  }

  #announce(): void {
    if (!this.#isWhole) return;
    this.#deps.onState(this.read());
    this.#deps.onInService(this.inService());
  }

  /** Of an export that nobody serves, only the files a person has can make anything: it is not offered, but recognised among them. */
  #canBeHad({ key, manifest, from }: CatalogueEntry): boolean {
    return from !== 'files' || manifest.engine === 'browser' || this.#stored.has(key);
  }

  #entry(key: ModelKey): CatalogueEntry {
    const entry = this.#entries.get(key);
    if (entry === undefined) throw new AppError('not-found', `no model ${key}`);
    return entry;
  }
}
