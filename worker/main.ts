import { composeAnswer } from '#core/answer/compose-answer.ts';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { modelCatalogue } from '#core/models/model-catalogue.ts';
import { webLlmVersion } from '#core/models/web-llm-library.ts';
import { createCorpusSearcher } from '#core/search/corpus-searcher.ts';
import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import { chooseVectorIndex } from '#core/vectors/choose-vector-index.ts';
import type { Coordination } from './coordination/coordination.ts';
import { createBrowserCoordination } from './coordination/browser-coordination.ts';
import { createEngine } from './engine.ts';
import { exposeEngine } from './expose-engine.ts';
import { createWorkerDocumentReader } from './ingest/worker-document-reader.ts';
import { loadStaticModel } from './load-static-model.ts';
import { createDexieVerdicts } from './models/host/dexie-verdicts.ts';
import { createEngineModels, type EngineModels } from './models/host/engine-models.ts';
import { fetchServedModels } from './models/host/fetch-served-models.ts';
import { ModelHost } from './models/host/model-host.ts';
import { createModelWishes } from './models/host/model-wishes.ts';
import { startModelWorker } from './models/host/start-model-worker.ts';
import { transformersVersion } from './models/runtime-versions.ts';
import { createModelSources } from './models/store/model-sources.ts';
import { createModelStore } from './models/store/create-model-store.ts';
import { createOpfsShelf } from './models/store/opfs-shelf.ts';
import { createHubResolver } from './models/store/resolve-from-hub.ts';
import { probeDevice } from './models/supervisor/probe-device.ts';
import { superviseModel } from './models/supervisor/supervise-model.ts';
import { WorkGate } from './models/work-gate.ts';
import { probeStorage } from './probe-storage.ts';
import { createDatabase, type AlcoveDatabase } from './store/database.ts';
import { createDexieCorpusStore } from './store/dexie-corpus-store.ts';
import { corpusTables } from './store/dexie-corpus-tables.ts';

allowOwnScripts(self);

/** The worker's name is that of its engine, with the database after an @ where it is not the usual one. */
const [, databaseName = 'alcove'] = self.name.split('@');
const baseUrl = new URL(import.meta.env.BASE_URL, self.location.origin).href;

async function start(): Promise<EngineApi> {
  const coordination = await createBrowserCoordination(databaseName, self.name);
  const database = createDatabase({ name: databaseName, corpusTables });
  const [embedder, vectorIndex] = await Promise.all([loadStaticModel(baseUrl), chooseVectorIndex(), database.open()]);
  const store = createDexieCorpusStore(database);
  const searcher = await createCorpusSearcher({ store, embedder, createVectorIndex: (dims) => vectorIndex.create(dims) });
  const gate = new WorkGate();
  return createEngine({
    database,
    store,
    embedder,
    searcher,
    reader: createWorkerDocumentReader({
      baseUrl,
      startWorker: () => new Worker(new URL('./parse-worker.ts', import.meta.url), { type: 'module' }),
    }),
    compose: (request) => composeAnswer({ ...request, embedder }),
    models: createModels(database, coordination, gate),
    gate,
    coordination,
    probeStorage,
    now: () => Date.now(),
  });
}

function createModels(database: AlcoveDatabase, coordination: Coordination, gate: WorkGate): EngineModels {
  return createEngineModels(
    coordination,
    (events) =>
      new ModelHost({
        builtIn: modelCatalogue,
        readServed: () => fetchServedModels(baseUrl),
        createStore: (hub, onEvent) =>
          createModelStore({ shelf: createOpfsShelf(), sources: createModelSources(baseUrl, hub), resolve: createHubResolver({ hub, baseUrl }), onEvent }),
        probe: () => probeDevice(),
        supervise: superviseModel,
        startWorker: startModelWorker,
        libraryVersions: { transformers: transformersVersion, 'web-llm': webLlmVersion, browser: '' },
        wishes: createModelWishes(database),
        verdicts: createDexieVerdicts(database),
        baseUrl,
        prefs: {},
        gate,
        ...events,
      }),
  );
}

exposeEngine(start());
