import { readFile } from 'node:fs/promises';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { composeAnswer } from '#core/answer/compose-answer.ts';
import type { AnswerEvent } from '#core/answer/answer-types.ts';
import { chunkerId } from '#core/chunk/chunk-document.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { createStaticEmbedder } from '#core/embed/static-embedder.ts';
import type { AskRequest, EngineApi, EngineEvent, EngineSnapshot, NewFile, Source } from '#core/engine/engine-api.ts';
import { readDocument } from '#core/engine/read-document.ts';
import type { AnswerId, CorpusId } from '#core/ids.ts';
import { createCorpusSearcher } from '#core/search/corpus-searcher.ts';
import { MemoryVectorIndex } from '#core/vectors/memory-vector-index.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import { createLocalHub } from '../coordination/local-hub.ts';
import { createEngine } from '../engine.ts';
import type { DocumentReader } from '../ingest/document-reader.ts';
import { createNoModels } from '../models/no-models.ts';
import { WorkGate } from '../models/work-gate.ts';
import { createDatabase, type AlcoveDatabase } from '../store/database.ts';
import { createDexieCorpusStore } from '../store/dexie-corpus-store.ts';
import { corpusTables } from '../store/dexie-corpus-tables.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import { parsePlainText } from './parse-plain-text.ts';

const model = new URL('../../public/models/alcove/static-en-v1/', import.meta.url);
let embedder: Promise<Embedder> | undefined;

async function loadEmbedder(): Promise<Embedder> {
  const read = async (name: string) => new Uint8Array(await readFile(new URL(name, model)));
  const [config, vocab, vectors, scales] = await Promise.all([read('config.json'), read('vocab.txt'), read('vectors.bin'), read('scales.bin')]);
  return createStaticEmbedder({ config, vocab, vectors, scales }, { chunker: chunkerId });
}

type CountingEmbedder = Embedder & { embedded: number };

/** The bundled model, loaded once, with a count of the texts it embedded. */
export async function createCountingEmbedder(): Promise<CountingEmbedder> {
  const real = await (embedder ??= loadEmbedder());
  const counting: CountingEmbedder = {
    embedded: 0,
    profile: real.profile,
    embedPassages: (texts, signal) => {
      counting.embedded += texts.length;
      return real.embedPassages(texts, signal);
    },
    embedQuery: (text, signal) => real.embedQuery(text, signal),
    countTokens: (text) => real.countTokens(text),
  };
  return counting;
}

export type EngineOptions = {
  /** Fails every write of the database from this one on, counted from 1: the engine is dead from then. */
  dieAtWrite?: number;
  /** Writes, deletions aside, fail while this holds, as on a full disk. */
  isDiskFull?: () => boolean;
  /** Called when the engine gives up its reserve. */
  onReserveSpent?: () => void;
  reader?: DocumentReader;
  wrapStore?: (store: CorpusStore) => CorpusStore;
  now?: () => number;
};

export type TestEngine = {
  engine: EngineApi;
  database: AlcoveDatabase;
  store: CorpusStore;
  embedder: CountingEmbedder;
  events: EngineEvent[];
  snapshot: EngineSnapshot;
  writes: () => number;
  /** Resolves when the condition holds; asked again after every event. */
  until: (condition: () => boolean | Promise<boolean>) => Promise<void>;
  /** Resolves when no source is queued, read or without vectors. */
  untilIdle: () => Promise<void>;
  sources: () => Promise<Source[]>;
  ask: (request: AskRequest) => Promise<AnswerEvent[]>;
  /** Resolves when a write has been refused for good. */
  died: Promise<void>;
  kill: () => void;
};

export type TestDatabase = Pick<TestEngine, 'database' | 'store' | 'died' | 'writes' | 'kill'>;

/** Engines over one database, as the tabs of one origin. */
export function createTestWorld() {
  const indexedDB = new IDBFactory();
  const hub = createLocalHub();
  let engines = 0;

  const open = async (options: EngineOptions = {}): Promise<TestEngine> => {
    const name = `engine-${++engines}`;
    const database = createDatabase({ name: 'alcove', corpusTables, indexedDB: { indexedDB, IDBKeyRange } });
    const counter = watchWrites(database, options);
    await database.open();
    const plain = createDexieCorpusStore(database);
    const store = options.wrapStore?.(plain) ?? plain;
    const counting = await createCountingEmbedder();
    const searcher = await createCorpusSearcher({ store, embedder: counting, createVectorIndex: (dims) => new MemoryVectorIndex(dims) });
    const engine = await createEngine({
      database,
      store,
      embedder: counting,
      searcher,
      reader: options.reader ?? createInProcessReader(counting),
      // Sentences are compared by the model itself, so that the count is of passages.
      compose: async function* (request) {
        yield* composeAnswer({ ...request, embedder: await (embedder ??= loadEmbedder()) });
      },
      models: createNoModels(),
      gate: new WorkGate(),
      coordination: hub.join(name),
      probeStorage: async () => ({ usedBytes: 1, quotaBytes: 2, persisted: false }),
      now: options.now ?? (() => Date.now()),
      // Longer than the tests take from a head to its parts.
      garbageGraceMs: 100,
    });
    const events: EngineEvent[] = [];
    const waiting = new Set<() => void>();
    const listen = (event: EngineEvent): void => {
      events.push(structuredClone(event));
      for (const check of waiting) check();
    };
    const snapshot = await engine.start(listen);
    const until: TestEngine['until'] = (condition) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          Promise.resolve(condition()).then((holds) => {
            if (holds && waiting.delete(check)) resolve();
          }, reject);
        };
        waiting.add(check);
        check();
      });
    // A snapshot may be taken again; the engine starts only once.
    const sources = async () => (await engine.start(listen)).sources;
    const kill = (): void => {
      hub.kill(name);
      counter.die();
      database.close({ disableAutoOpen: true });
    };
    return {
      engine, database, store, died: counter.died, embedder: counting, events, snapshot, until, sources, kill,
      writes: () => counter.writes(),
      untilIdle: () => until(async () => (await sources()).every((source) => !['queued', 'reading', 'searchable-by-keyword'].includes(source.state))),
      ask: (request) => ask(engine, request),
    };
  };

  /** The database alone, without an engine, for a part of one. */
  const openDatabase = async (options: EngineOptions = {}): Promise<TestDatabase> => {
    const database = createDatabase({ name: 'alcove', corpusTables, indexedDB: { indexedDB, IDBKeyRange } });
    const counter = watchWrites(database, options);
    await database.open();
    const kill = (): void => {
      counter.die();
      database.close({ disableAutoOpen: true });
    };
    return { database, store: createDexieCorpusStore(database), died: counter.died, writes: () => counter.writes(), kill };
  };

  /** Looks at the database as a new program would find it. */
  const peek = async <Result>(look: (database: AlcoveDatabase) => Promise<Result>): Promise<Result> => {
    const database = createDatabase({ name: 'alcove', corpusTables, indexedDB: { indexedDB, IDBKeyRange } });
    try {
      return await look(database);
    } finally {
      database.close();
    }
  };

  return { open, openDatabase, peek };
}

async function ask(engine: EngineApi, request: AskRequest): Promise<AnswerEvent[]> {
  const { answer } = await engine.openAnswer(request);
  return pullAll(engine, answer);
}

export async function pullAll(engine: EngineApi, answer: AnswerId): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for (let event = await engine.nextAnswerEvent(answer); event !== null; event = await engine.nextAnswerEvent(answer)) events.push(event);
  return events;
}

export function createInProcessReader(counting: Embedder): DocumentReader {
  return {
    read: (request, { signal }) =>
      readDocument(request, {
        parse: parsePlainText,
        countTokens: (text) => counting.countTokens(text),
        maxTokens: counting.profile.maxTokens,
        pause: async () => {
          signal.throwIfAborted();
          await yieldToMessages();
        },
      }),
  };
}

function watchWrites(database: AlcoveDatabase, { dieAtWrite = Infinity, isDiskFull = () => false, onReserveSpent = () => undefined }: EngineOptions) {
  let writes = 0;
  let isDead = false;
  let onDeath: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (onDeath = resolve));
  database.use({
    stack: 'dbcore',
    name: 'watch-writes',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request) => {
            writes += 1;
            if (writes >= dieAtWrite) {
              isDead = true;
              onDeath();
            }
            if (isDead) return Promise.reject(new Error('the engine was killed'));
            if (request.type !== 'delete' && request.type !== 'deleteRange' && isDiskFull()) {
              return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
            }
            if (name === 'reserve' && request.type !== 'add' && request.type !== 'put') onReserveSpent();
            return table.mutate(request);
          },
        };
      },
    }),
  });
  return { died, writes: () => writes, die: () => void (isDead = true) };
}

export function textFile(name: string, text: string): NewFile {
  return { file: new Blob([text], { type: 'text/plain' }), name };
}

export async function createLibrary(engine: EngineApi, name = 'Papers'): Promise<CorpusId> {
  return (await engine.createCollection(name)).id;
}
