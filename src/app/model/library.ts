import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Collection, ConversationSummary, EngineApi, EngineEvent, EngineSnapshot, ModelsState, Source, StorageState, Work } from '#core/engine/engine-api.ts';
import type { WireError } from '#core/errors/app-error.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';

/** What the engine holds, as signals that the page reads. Only the engine's events change it. */
export type Library = {
  /** False until the first snapshot has come. */
  readonly ready: ReadonlySignal<boolean>;
  readonly sources: ReadonlySignal<ReadonlyMap<DocumentId, Source>>;
  readonly collections: ReadonlySignal<readonly Collection[]>;
  readonly work: ReadonlySignal<Work>;
  readonly storage: ReadonlySignal<StorageState | undefined>;
  readonly conversations: ReadonlySignal<readonly ConversationSummary[]>;
  readonly models: ReadonlySignal<ModelsState>;
  readonly pending: ReadonlySignal<number>;
  open(engine: EngineApi, onTrouble: (error: WireError) => void): Promise<void>;
  apply(event: EngineEvent): void;
};

const pendingStates: ReadonlySet<Source['state']> = new Set(['queued', 'reading', 'paused']);

/** Whether a source cannot be searched yet but will be. */
export function isPending(source: Source): boolean {
  return pendingStates.has(source.state);
}

const searchableStates: ReadonlySet<Source['state']> = new Set(['searchable-by-keyword', 'ready']);

/** Whether a question is answered from a source already. */
export function isSearchable(source: Source): boolean {
  return searchableStates.has(source.state);
}

/** Sources of one collection, or all of them. */
export function sourcesOf(sources: Iterable<Source>, collection?: CorpusId): Source[] {
  return [...sources].filter((source) => collection === undefined || source.collection === collection);
}

function countByCollection(sources: Iterable<Source>): Map<CorpusId, { sources: number; passages: number }> {
  const counts = new Map<CorpusId, { sources: number; passages: number }>();
  for (const { collection, passages = 0 } of sources) {
    const known = counts.get(collection) ?? { sources: 0, passages: 0 };
    counts.set(collection, { sources: known.sources + 1, passages: known.passages + passages });
  }
  return counts;
}

/** An empty library; `open` fills it. */
export function createLibrary(): Library {
  const ready = signal(false);
  const sources = signal<ReadonlyMap<DocumentId, Source>>(new Map());
  const named = signal<readonly Collection[]>([]);
  // The engine announces a collection when it is made or changed; its sources go on being read after that.
  const collections = computed(() => {
    const counts = countByCollection(sources.value.values());
    return named.value.map((one) => ({ ...one, ...(counts.get(one.id) ?? { sources: 0, passages: 0 }) }));
  });
  const work = signal<Work>({ paused: false, done: 0, total: 0 });
  const storage = signal<StorageState | undefined>(undefined);
  const conversations = signal<readonly ConversationSummary[]>([]);
  const models = signal<ModelsState>({ models: [], canAskHub: false });
  let report: (error: WireError) => void = () => {};

  const putSources = (changed: readonly Source[]) => {
    const next = new Map(sources.value);
    // A duplicate's row is that of the source that is already here.
    for (const { duplicateOf: _twin, ...source } of changed) next.set(source.id, source);
    sources.value = next;
  };

  const apply = (event: EngineEvent) => {
    switch (event.kind) {
      case 'sources': return putSources(event.sources);
      case 'removed': {
        const next = new Map(sources.value);
        for (const id of event.ids) next.delete(id);
        sources.value = next;
        return;
      }
      case 'collections': named.value = event.collections; return;
      case 'work': work.value = event.work; return;
      case 'storage': storage.value = event.storage; return;
      case 'conversations': conversations.value = event.conversations; return;
      case 'models': models.value = event.models; return;
      case 'trouble': report(event.error);
    }
  };

  const fill = (snapshot: EngineSnapshot) => {
    sources.value = new Map();
    putSources(snapshot.sources);
    named.value = snapshot.collections;
    work.value = snapshot.work;
    storage.value = snapshot.storage;
    conversations.value = snapshot.conversations;
    models.value = snapshot.models;
    ready.value = true;
  };

  return {
    ready, sources, collections, work, storage, conversations, models,
    pending: computed(() => [...sources.value.values()].filter(isPending).length),
    async open(engine, onTrouble) {
      report = onTrouble;
      const early: EngineEvent[] = [];
      let filled = false;
      const snapshot = await engine.start((event) => {
        if (filled) apply(event);
        else early.push(event);
      });
      fill(snapshot);
      filled = true;
      for (const event of early) apply(event);
    },
    apply,
  };
}
