import { Dexie, type EntityTable, type Table } from 'dexie';
import type { DocumentId } from '#core/ids.ts';
import { corpusDatabaseOptions } from './dexie-corpus-tables.ts';
import type { ConversationRecord, TurnKey, TurnRecord } from './conversation-record.ts';
import type { ModelChoiceRecord, ModelDownloadRecord, ModelVerdictRecord } from './model-record.ts';
import type { CollectionRecord, EmbeddingRecord, OriginalRecord, ReserveRecord, SettingRecord, SourceRecord } from './source-record.ts';

/** The engine's own tables; the corpus store's come from its module. */
const ownTables = {
  sources: 'id, collection, [collection+sha256], [state+order]',
  originals: 'id',
  collections: 'id',
  conversations: 'id, updatedAt',
  turns: 'id, [conversation+ordinal]',
  embeddings: 'key, at',
  settings: 'key',
  reserve: 'id',
};

/** Added by version 2. */
const modelTables = {
  modelChoices: 'task',
  modelDownloads: 'model',
  modelVerdicts: 'key',
};

export type AlcoveDatabase = Dexie & {
  sources: EntityTable<SourceRecord, 'id'>;
  originals: Table<OriginalRecord, DocumentId>;
  collections: EntityTable<CollectionRecord, 'id'>;
  conversations: EntityTable<ConversationRecord, 'id'>;
  turns: Table<TurnRecord, TurnKey>;
  embeddings: EntityTable<EmbeddingRecord, 'key'>;
  settings: EntityTable<SettingRecord, 'key'>;
  reserve: EntityTable<ReserveRecord, 'id'>;
  modelChoices: EntityTable<ModelChoiceRecord, 'task'>;
  modelDownloads: EntityTable<ModelDownloadRecord, 'model'>;
  modelVerdicts: EntityTable<ModelVerdictRecord, 'key'>;
};

export type DatabaseOptions = {
  name: string;
  corpusTables: Record<string, string>;
  /** For tests: another IndexedDB implementation. */
  indexedDB?: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange };
};

/**
 * The database of this origin, not yet opened. Every transaction is durable when it resolves. When another tab opens a
 * newer version this one closes at once, since an open connection would block that upgrade for ever.
 */
export function createDatabase({ name, corpusTables, indexedDB }: DatabaseOptions): AlcoveDatabase {
  const database = new Dexie(name, { ...corpusDatabaseOptions, ...indexedDB }) as AlcoveDatabase;
  database.version(1).stores({ ...ownTables, ...corpusTables });
  database.version(2).stores(modelTables);
  database.on('versionchange', () => database.close({ disableAutoOpen: true }));
  return database;
}
