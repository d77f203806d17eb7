import { composeAnswer } from '#core/answer/compose-answer.ts';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { createCorpusSearcher } from '#core/search/corpus-searcher.ts';
import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import { chooseVectorIndex } from '#core/vectors/choose-vector-index.ts';
import { createBrowserCoordination } from './coordination/browser-coordination.ts';
import { createEngine } from './engine.ts';
import { exposeEngine } from './expose-engine.ts';
import { createWorkerDocumentReader } from './ingest/worker-document-reader.ts';
import { loadStaticModel } from './load-static-model.ts';
import { createNoModels } from './models/no-models.ts';
import { probeStorage } from './probe-storage.ts';
import { createDatabase } from './store/database.ts';
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
    models: createNoModels(),
    coordination,
    probeStorage,
    now: () => Date.now(),
  });
}

exposeEngine(start());
