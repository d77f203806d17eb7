import type { Collection, EngineEvent, Source } from '#core/engine/engine-api.ts';
import { countPassages, type DocumentCount } from '#core/engine/head-edits.ts';
import type { CorpusId, DocumentId, ProfileId } from '#core/ids.ts';
import type { CorpusHead, CorpusStore } from '#core/store/corpus-store.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import type { SourceRecord } from '../store/source-record.ts';
import { toSource } from './to-source.ts';
import type { Settings } from './settings.ts';

type Counted = { seq: number; passages: number; documents: Map<DocumentId, DocumentCount> };

/**
 * What the library shows, put together from the sources table (what a person knows of a source), the corpora's heads
 * (what of it is searchable) and the progress of work under way. It holds no truth of its own beyond that progress.
 */
export type Library = {
  readSources: () => Promise<Source[]>;
  readSource: (record: SourceRecord) => Promise<Source>;
  readCollections: () => Promise<Collection[]>;
  countOf: (record: Pick<SourceRecord, 'id' | 'collection'>) => Promise<DocumentCount | undefined>;
  /** Documents of all corpora with passages that have no vector yet. */
  countUnembedded: () => Promise<number>;
  reportReading: (id: DocumentId, progress: { done: number; total: number } | undefined) => void;
  reportEmbedded: (id: DocumentId, passages: number | undefined) => void;
  /** Sends the rows of these sources as they are now. Sources that no longer exist are left out. */
  announce: (ids: Iterable<DocumentId>) => Promise<void>;
  announceAll: (corpus?: CorpusId) => Promise<void>;
  announceCollections: () => Promise<void>;
};

export type LibraryDeps = {
  database: AlcoveDatabase;
  store: CorpusStore;
  editor: HeadEditor;
  settings: Settings;
  profile: ProfileId;
  emit: (event: EngineEvent) => void;
};

export function createLibrary({ database, store, editor, settings, profile, emit }: LibraryDeps): Library {
  const counted = new Map<CorpusId, Counted>();
  const reading = new Map<DocumentId, { done: number; total: number }>();
  const embedded = new Map<DocumentId, number>();

  const count = async (head: CorpusHead): Promise<Counted> => {
    const known = counted.get(head.corpus);
    if (known?.seq === head.seq) return known;
    const documents = countPassages(head, await editor.manifestsOf(head), profile);
    const passages = Array.from(documents.values()).reduce((sum, each) => sum + each.passages, 0);
    const fresh = { seq: head.seq, passages, documents };
    counted.set(head.corpus, fresh);
    return fresh;
  };

  const countOf: Library['countOf'] = async ({ id, collection }) => {
    const head = await store.readHead(collection);
    return head === undefined ? undefined : (await count(head)).documents.get(id);
  };

  const toRows = async (records: SourceRecord[]): Promise<Source[]> => {
    const isPaused = await settings.isPaused();
    const counts = new Map<CorpusId, Counted>();
    for (const corpus of new Set(records.map((record) => record.collection))) {
      const head = await store.readHead(corpus);
      if (head !== undefined) counts.set(corpus, await count(head));
    }
    return records.map((record) =>
      toSource(record, {
        count: counts.get(record.collection)?.documents.get(record.id),
        isPaused,
        reading: reading.get(record.id),
        embedded: embedded.get(record.id),
      }),
    );
  };

  const announceRecords = async (records: SourceRecord[]): Promise<void> => {
    const shown = records.filter((record) => record.removedAt === undefined);
    if (shown.length > 0) emit({ kind: 'sources', sources: await toRows(shown) });
  };

  const readCollections: Library['readCollections'] = async () => {
    const created = new Map((await database.collections.toArray()).map((each) => [each.id, each.createdAt]));
    const collections = (await store.readHeads()).map(async (head): Promise<Collection> => ({
      id: head.corpus,
      name: head.name,
      sources: await database.sources.where('collection').equals(head.corpus).filter((record) => record.removedAt === undefined).count(),
      passages: (await count(head)).passages,
      createdAt: created.get(head.corpus) ?? '',
    }));
    return (await Promise.all(collections)).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  };

  return {
    readSources: async () => toRows(await database.sources.filter((record) => record.removedAt === undefined).sortBy('order')),
    readSource: async (record) => (await toRows([record]))[0]!,
    readCollections,
    countOf,
    countUnembedded: async () => {
      let unembedded = 0;
      for (const head of await store.readHeads()) {
        for (const { passages, byMeaning } of (await count(head)).documents.values()) unembedded += byMeaning < passages ? 1 : 0;
      }
      return unembedded;
    },
    reportReading: (id, progress) => void (progress === undefined ? reading.delete(id) : reading.set(id, progress)),
    reportEmbedded: (id, passages) => void (passages === undefined ? embedded.delete(id) : embedded.set(id, passages)),
    announce: async (ids) => announceRecords((await database.sources.bulkGet([...ids])).filter((record) => record !== undefined)),
    announceAll: async (corpus) =>
      announceRecords(await (corpus === undefined ? database.sources.toArray() : database.sources.where('collection').equals(corpus).toArray())),
    announceCollections: async () => emit({ kind: 'collections', collections: await readCollections() }),
  };
}
