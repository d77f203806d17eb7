import type { Embedder } from '#core/embed/embedder.ts';
import type { EngineApi, EngineEvent } from '#core/engine/engine-api.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';
import type { DocumentId } from '#core/ids.ts';
import { profileId } from '#core/segment/profile.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import { createFreshSearcher } from './answers/fresh-searcher.ts';
import { findElsewhere } from './answers/find-elsewhere.ts';
import { searchLibrary, type Searcher } from './answers/library-search.ts';
import { OpenAnswers, type AnswerComposer } from './answers/open-answers.ts';
import { createCollections } from './collections/collections.ts';
import { createConversations } from './conversations/conversations.ts';
import type { Coordination, PeerMessage } from './coordination/coordination.ts';
import type { DocumentReader } from './ingest/document-reader.ts';
import { Ingest } from './ingest/ingest.ts';
import { supervise } from './ingest/supervise.ts';
import { addSources } from './library/add-sources.ts';
import { createLibrary } from './library/library.ts';
import { moveSources } from './library/move-sources.ts';
import { readDocumentText } from './library/read-text.ts';
import { reconcile } from './library/reconcile.ts';
import { createRemoval } from './library/remove-sources.ts';
import { createSettings } from './library/settings.ts';
import { createSourceActions } from './library/source-actions.ts';
import { readStorageState, type StorageProbe } from './library/storage-report.ts';
import { chunkerId } from '#core/chunk/chunk-document.ts';
import { createModelWriter } from './answers/model-writer.ts';
import type { EngineModels } from './models/host/engine-models.ts';
import { useModels } from './models/host/use-models.ts';
import type { WorkGate } from './models/work-gate.ts';
import type { AlcoveDatabase } from './store/database.ts';
import { toStoreError } from './store/dexie-store-error.ts';
import { createHeadEditor } from './store/head-editor.ts';
import { createReserve } from './store/reserve.ts';
import { createTidying } from './store/tidy-corpora.ts';
import { Throttle } from './throttle.ts';

export type EngineDeps = {
  database: AlcoveDatabase;
  store: CorpusStore;
  searcher: Searcher;
  embedder: Embedder;
  reader: DocumentReader;
  compose: AnswerComposer;
  models: EngineModels;
  /** What a person waits for enters it; work in the background waits. */
  gate: WorkGate;
  coordination: Coordination;
  probeStorage: StorageProbe;
  now: () => number;
  /** Readers of an old head get this long before its parts are deleted. */
  garbageGraceMs?: number;
};

const storageEveryMs = 2000;

/**
 * The engine over its parts. It owns no timer and no loop until `start`. One engine of an origin leads and does the work
 * of ingest; every engine answers questions and changes the library.
 */
export async function createEngine(deps: EngineDeps): Promise<EngineApi> {
  const { database, store, embedder, models, gate, coordination, now } = deps;
  const searcher = createFreshSearcher(deps.searcher);
  const profile = await profileId(embedder.profile);
  let listener: (event: EngineEvent) => void = () => undefined;
  let isStarted = false;

  const tell = (event: EngineEvent): void => listener(event);
  const emit = (event: EngineEvent): void => {
    tell(event);
    coordination.post({ kind: 'event', event });
  };
  const onTrouble = (thrown: unknown): void => emit({ kind: 'trouble', error: toWireError(toStoreError(thrown)) });

  const editor = createHeadEditor(store, (head) => {
    searcher.markStale();
    coordination.post({ kind: 'head', corpus: head.corpus });
    ingest.wake();
  });
  const reserve = createReserve(database);
  const settings = createSettings(database, reserve);
  const library = createLibrary({ database, store, editor, settings, profile, emit });
  const shared = { database, store, editor, library, settings, reserve, profile, now, emit };
  const tidying = createTidying({ ...shared, onTrouble, graceMs: deps.garbageGraceMs ?? 30_000 });
  const storage = new Throttle(storageEveryMs, async () => emit({ kind: 'storage', storage: await readStorage() }), onTrouble);
  const ingest: Ingest = new Ingest({
    ...shared,
    reader: deps.reader,
    embedder,
    tidy: async (corpus) => {
      await tidying.tidy(corpus);
      // With nothing left to do, the next question finds everything loaded.
      if (corpus !== undefined) return;
      await searcher.refresh();
      await layReserve();
    },
    onStorageChanged: () => storage.trigger(),
    whenFree: (signal) => gate.whenFree(signal),
    onNeuralProgress: (progress) => models.reportIndexed(progress),
    onTrouble: (thrown) => {
      onTrouble(thrown);
      // Trouble halts the work, and the rows and the progress line say so.
      announceWork().catch(onTrouble);
    },
  });
  const removal = createRemoval({ database, editor, engine: coordination.engine, now });
  const actions = createSourceActions(shared);
  const collections = createCollections(shared);
  const conversations = createConversations({ database, reserve, coordination, now, emit });
  const compose: AnswerComposer = (request) => deps.compose({ ...request, ...(used.secondLook && { secondLook: used.secondLook }) });
  const answers = new OpenAnswers({
    conversations,
    compose,
    awaitBetterSearch: (question, { neuralFallback }, signal) => used.awaitNeural(question, neuralFallback === 'too-slow', signal),
    enterUrgent: () => gate.enter(),
    write: createModelWriter({ inService: () => used.inService, known: models.known, linked: models.linked, embedder }),
    scopeOf: async ({ collection }) => {
      const heads = await store.readHeads();
      const corpora = heads.map((head) => head.corpus).filter((corpus) => collection === undefined || corpus === collection);
      if (collection !== undefined && corpora.length === 0) throw new AppError('not-found', 'no such collection');
      return corpora;
    },
    search: (request, signal) => searchLibrary(database, searcher, request, signal),
  });

  const used = useModels({
    models, embedder, chunker: chunkerId, onTrouble,
    onState: (state) => tell({ kind: 'models', models: state }),
    setNeural: async (neural) => {
      await deps.searcher.setNeural(neural);
      await ingest.setNeural(neural);
      await deps.searcher.neuralLoaded();
    },
    releaseNeural: () => ingest.releaseNeural(),
    setReranker: (reranker) => deps.searcher.setReranker(reranker),
  });

  const announceWork = async (): Promise<void> => {
    await library.announceAll();
    emit({ kind: 'work', work: await ingest.readWork() });
  };
  /** On a full disk there is nothing to lay aside; the next resuming tries again. */
  const layReserve = () => reserve.restore().catch(() => undefined);
  const readStorage = () => readStorageState({ database, store, editor, probe: deps.probeStorage });
  const announceQueue = async (ids: readonly DocumentId[]): Promise<void> => {
    await library.announce(ids);
    await library.announceCollections();
  };
  /** Tells the leader, be it this engine or another, to look at the queue again. */
  const wakeAll = (): void => {
    ingest.wake();
    coordination.post({ kind: 'wake' });
  };
  const interruptAll = (ids: DocumentId[]): void => {
    ingest.interrupt(ids);
    coordination.post({ kind: 'cancel', documents: ids });
  };

  const onMessage = async (message: PeerMessage): Promise<void> => {
    if (message.kind === 'event') return tell(message.event);
    if (message.kind === 'cancel') return ingest.interrupt(message.documents);
    if (message.kind !== 'head' && message.kind !== 'wake') return;
    if (message.kind === 'head') searcher.markStale();
    else settings.unhalt();
    if (message.kind === 'wake' && (await settings.isPaused())) ingest.interrupt();
    ingest.wake();
  };

  const lead = async (): Promise<void> => {
    await supervise(async () => {
      const live = await coordination.liveEngines();
      await removal.purge((engine) => !live.has(engine));
      await reconcile(shared);
      await library.announceAll();
    }, onTrouble);
    await layReserve();
    tidying.scheduleGarbage();
    models.lead();
    await ingest.lead();
  };

  const addToQueue: EngineApi['addFiles'] = async (files, collection) => {
    if ((await store.readHead(collection)) === undefined) throw new AppError('not-found', 'no such collection');
    const sources = await addSources(shared, files, collection);
    const full = sources.find((source) => source.error?.code === 'quota-exceeded');
    if (full?.error !== undefined) emit({ kind: 'trouble', error: full.error });
    await afterAdding(sources.filter((source) => source.duplicateOf === undefined).length);
    return sources;
  };
  const afterAdding = async (added: number): Promise<void> => {
    ingest.added(added);
    coordination.post({ kind: 'wake' });
    storage.trigger();
    await library.announceCollections();
  };

  const api: EngineApi = {
    start: async (onEvent) => {
      listener = onEvent;
      if (!isStarted) {
        isStarted = true;
        coordination.onMessage((message) => void onMessage(message).catch(onTrouble));
        database.on('versionchange', () => tell({ kind: 'trouble', error: { code: 'version-not-supported', message: 'a newer version has been opened in another tab' } }));
        coordination.lead(lead);
        searcher.refresh().catch(onTrouble);
        used.begin();
      }
      return {
        collections: await library.readCollections(),
        sources: await library.readSources(),
        work: await ingest.readWork(),
        storage: await readStorage(),
        conversations: await conversations.list(),
        models: models.read(),
      };
    },

    createCollection: (name) => collections.create(name),
    renameCollection: (id, name) => collections.rename(id, name),
    removeCollection: async (id) => {
      interruptAll(await collections.remove(id));
      tidying.scheduleGarbage();
      searcher.markStale();
      coordination.post({ kind: 'head', corpus: id });
      storage.trigger();
    },

    addFiles: addToQueue,
    addText: async (title, text, collection) => {
      if (text.trim() === '') throw new AppError('source/empty', 'the text is empty');
      if ((await store.readHead(collection)) === undefined) throw new AppError('not-found', 'no such collection');
      const name = title.trim() || text.trim().split('\n', 1)[0]!.slice(0, 80);
      const file = { file: new Blob([text], { type: 'text/plain' }), name: `${name}.txt` };
      const [source] = await addSources(shared, [file], collection, { title: name });
      await afterAdding(source?.duplicateOf === undefined ? 1 : 0);
      return source!;
    },
    pauseWork: async () => {
      await settings.setPaused(true);
      ingest.interrupt();
      wakeAll();
      await announceWork();
    },
    resumeWork: async () => {
      await reserve.restore();
      await settings.setPaused(false);
      wakeAll();
      await announceWork();
    },
    cancelSource: async (id) => {
      await reserve.spend(() => actions.cancel(id));
      interruptAll([id]);
      wakeAll();
    },
    retrySource: async (id) => {
      await actions.retry(id);
      ingest.added(1);
      wakeAll();
    },
    removeSources: async (ids) => {
      await reserve.spend(() => removal.remove(ids));
      interruptAll(ids);
      emit({ kind: 'removed', ids });
      await library.announceCollections();
      storage.trigger();
      wakeAll();
    },
    undoRemove: async (ids) => {
      await reserve.spend(() => removal.undo(ids));
      await announceQueue(ids);
      storage.trigger();
      wakeAll();
    },
    renameSource: (id, title) => reserve.spend(() => actions.rename(id, title)),
    tagSource: (id, tags) => reserve.spend(() => actions.tag(id, tags)),
    moveSources: async (ids, collection) => {
      await moveSources({ ...shared, interrupt: interruptAll }, ids, collection);
      await announceQueue(ids);
      wakeAll();
    },

    readOriginal: async (id) => {
      await actions.get(id);
      const original = await database.originals.get(id);
      return original === undefined ? null : new Blob([original.bytes], { type: original.mediaType });
    },
    readText: async (id) => {
      const record = await actions.get(id);
      const { info, text, blocks } = await readDocumentText(store, editor, record.collection, id);
      const source = await library.readSource(record);
      return { source, text, blocks, language: info.language, ...(info.pageStarts !== undefined && { pageStarts: info.pageStarts }) };
    },

    openAnswer: async (request) => {
      const turn = await answers.open(request);
      return { conversation: turn.conversation, answer: turn.id };
    },
    nextAnswerEvent: (id) => answers.next(id),
    stopAnswer: (id) => answers.stop(id),
    findElsewhere: async (question, collection) => {
      const others = (await store.readHeads()).map((head) => head.corpus).filter((corpus) => corpus !== collection);
      return findElsewhere(question, others, { compose: deps.compose, search: (request) => searchLibrary(database, searcher, request, new AbortController().signal) });
    },

    readConversation: (id) => conversations.read(id),
    renameConversation: (id, title) => conversations.rename(id, title),
    removeConversation: (id) => conversations.remove(id),

    installModel: (key) => models.installModel(key),
    pauseModel: (key) => models.pauseModel(key),
    cancelModel: (key) => models.cancelModel(key),
    removeModel: (key) => models.removeModel(key),
    repairModel: (key) => models.repairModel(key),
    importModels: (files) => models.importModels(files),
    chooseModel: (task, key) => models.chooseModel(task, key),
    retryModel: (key) => models.retryModel(key),

    readStorage,
    setKeepOriginals: (keep) => settings.setKeepsOriginals(keep),
  };
  return withNamedErrors(api);
}

/** The same methods, rejecting with nothing but an `AppError`. */
function withNamedErrors(api: EngineApi): EngineApi {
  const guarded = Object.entries(api).map(([name, method]) => {
    const call = method as (...args: unknown[]) => Promise<unknown>;
    const guard = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await call(...args);
      } catch (thrown) {
        throw toStoreError(thrown);
      }
    };
    return [name, guard] as const;
  });
  return Object.fromEntries(guarded) as unknown as EngineApi;
}

