import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { DeviceProbe } from '#core/device/engine-profile.ts';
import type { ModelsState } from '#core/engine/engine-api.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';
import type { TextEnd } from '#core/generate/text-model.ts';
import type { ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import type { ServedModels } from '#core/models/served-model.ts';
import { createLocalHub } from '../../../coordination/local-hub.ts';
import { createDatabase } from '../../../store/database.ts';
import { createModelStore } from '../../store/create-model-store.ts';
import { createMemoryShelf, type ShelfContents } from '../../store/memory-shelf.ts';
import { createLocalModelLock } from '../../store/model-lock.ts';
import { createModelSources } from '../../store/model-sources.ts';
import { baseUrl, createFakeFetch, makeModel, type TestModel } from '../../store/test-store/store-world.ts';
import type { SupervisedModel, SupervisedState, SuperviseOptions } from '../../supervisor/supervised-model.ts';
import { WorkGate } from '../../work-gate.ts';
import { createDexieVerdicts } from '../dexie-verdicts.ts';
import { createEngineModels, type EngineModels } from '../engine-models.ts';
import { nothingInService, type InService } from '../in-service.ts';
import { ModelHost } from '../model-host.ts';
import { createModelWishes } from '../model-wishes.ts';

const probe: DeviceProbe = { cores: 2, crossOriginIsolated: true, simd: true, jspi: false, browser: 'test 1', builtInModel: 'unavailable' };

/** An embedder and a generator that the server offers. */
export const embedder = makeModel('team/meaning');
export const generator: TestModel = (() => {
  const model = makeModel('team/writer', 4000, 9);
  const { embed: _embed, ...manifest } = model.manifest;
  return { ...model, manifest: { ...manifest, task: 'generate', generate: { contextTokens: 512, promptForm: 'chat-rules', trust: 'able', canaries: [] } } };
})();

export type Tab = {
  name: string;
  models: EngineModels;
  gate: WorkGate;
  state: () => ModelsState;
  served: () => InService;
  phaseOf: (key: ModelKey) => string | undefined;
  until: (holds: () => boolean) => Promise<void>;
  kill: () => void;
};

/**
 * Tabs of one origin over one memory shelf. Models start at once, or not at all while `broken` names them; an embedder
 * gives for every text its length, a generator the words of `words`, and waits before each for `beforeWord`.
 */
export function createHostWorld(intercept?: Parameters<typeof createFakeFetch>[1]) {
  const indexedDB = new IDBFactory();
  const hub = createLocalHub();
  const contents: ShelfContents = new Map();
  const server = createFakeFetch([embedder, generator], intercept);
  const world = {
    served: { hub: null, models: [embedder.manifest, generator.manifest] } as ServedModels | undefined,
    builtIn: [] as ModelManifest[],
    broken: new Set<ModelKey>(),
    words: ['One ', 'two ', 'three.'],
    beforeWord: (): Promise<void> => Promise.resolve(),
    starts: [] as ModelKey[],
    requests: server.requests,
  };

  const supervise = ({ key, plan, refusal, onChange }: SuperviseOptions): SupervisedModel => {
    let state: SupervisedState = { phase: 'idle', attempts: [] };
    const become = (next: SupervisedState): void => {
      state = next;
      onChange?.(next);
    };
    const start = async (): Promise<void> => {
      world.starts.push(key);
      become({ phase: 'starting', profile: plan[0], attempts: [] });
      await Promise.resolve();
      const [profile] = plan;
      if (profile === undefined || refusal !== undefined || world.broken.has(key)) {
        const error = new AppError('model/failed', 'it does not start');
        become({ phase: 'failed', error: toWireError(error), attempts: [] });
        throw error;
      }
      become({ phase: 'ready', profile, speed: 50, loadMs: 5, slower: [], attempts: [] });
    };
    return {
      get state() {
        return state;
      },
      start,
      retry: start,
      stop: () => become({ phase: 'stopped', attempts: [] }),
      call: (async (_method: string, [texts]: [string[]]) => Float32Array.from(texts, (text) => text.length)) as SupervisedModel['call'],
      stream: async function* (_method, _request, signal): AsyncGenerator<string, TextEnd, undefined> {
        for (const word of world.words) {
          await world.beforeWord();
          if (signal?.aborted === true) break;
          yield word;
        }
        return { reason: signal?.aborted === true ? 'stopped' : 'end', promptTokens: 1, tokens: world.words.length, firstTokenMs: 1, tokensPerSecond: 10 };
      },
    };
  };

  const open = async (name: string): Promise<Tab> => {
    const database = createDatabase({ name: 'alcove', corpusTables: {}, indexedDB: { indexedDB, IDBKeyRange } });
    await database.open();
    const coordination = hub.join(name);
    const gate = new WorkGate();
    const models = createEngineModels(
      coordination,
      (events) =>
        new ModelHost({
          builtIn: world.builtIn,
          readServed: async () => world.served,
          createStore: (hubOrigin, onEvent) =>
            createModelStore({
              shelf: createMemoryShelf(contents), lock: createLocalModelLock(), onEvent, fetch: server.fetch, sources: createModelSources(baseUrl, hubOrigin),
              resolve: () => Promise.reject(new AppError('model/missing', 'no hub')), estimate: async () => ({ quota: 1e9, usage: 0 }), policy: { firstDelayMs: 1, mostDelayMs: 2 },
            }),
          probe: async () => probe,
          supervise,
          startWorker: () => {
            throw new Error('supervised models are faked');
          },
          libraryVersions: { transformers: '1', 'web-llm': '1', browser: '' },
          wishes: createModelWishes(database), verdicts: createDexieVerdicts(database), baseUrl, prefs: {}, gate, ...events,
        }),
    );
    let state = models.read();
    let served: InService = nothingInService;
    const waiting = new Set<() => void>();
    const check = (): void => waiting.forEach((one) => one());
    coordination.onMessage((message) => {
      if (message.kind !== 'event' || message.event.kind !== 'models') return;
      state = message.event.models;
      check();
    });
    models.listen({
      onState: (next) => {
        state = next;
        check();
      },
      onInService: (next) => {
        served = next;
        check();
      },
      onTrouble: (thrown) => {
        throw thrown;
      },
    });
    coordination.lead(async () => {
      models.lead();
      await new Promise(() => undefined);
    });
    return {
      name, models, gate,
      state: () => state,
      served: () => served,
      phaseOf: (key) => state.models.find((model) => model.key === key)?.phase,
      until: (holds) =>
        new Promise((resolve) => {
          const look = (): void => {
            if (!holds()) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
        }),
      kill: () => {
        hub.kill(name);
        database.close({ disableAutoOpen: true });
      },
    };
  };
  return { world, open };
}
