import type { Collection, EngineEvent } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';
import { createId, type CorpusId, type DocumentId } from '#core/ids.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import type { Library } from '../library/library.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';

export type CollectionsDeps = {
  database: AlcoveDatabase;
  store: CorpusStore;
  editor: HeadEditor;
  library: Library;
  now: () => number;
  emit: (event: EngineEvent) => void;
};

/** Collections: a corpus each, and the day it was made. Errors: `invalid-input` (an empty name), `not-found`. */
export type Collections = {
  create: (name: string) => Promise<Collection>;
  rename: (id: CorpusId, name: string) => Promise<void>;
  /** Deletes the collection with its sources for good; gives the sources. */
  remove: (id: CorpusId) => Promise<DocumentId[]>;
};

const maxNameCharacters = 120;

function toName(text: string): string {
  const name = text.trim().slice(0, maxNameCharacters);
  if (name === '') throw new AppError('invalid-input', 'a collection needs a name');
  return name;
}

export function createCollections({ database, store, editor, library, now, emit }: CollectionsDeps): Collections {
  return {
    create: async (text) => {
      const name = toName(text);
      const id = createId<CorpusId>();
      const createdAt = new Date(now()).toISOString();
      await store.commit({ head: { corpus: id, name, seq: 1, segments: [] } });
      await database.collections.put({ id, createdAt });
      await library.announceCollections();
      return { id, name, sources: 0, passages: 0, createdAt };
    },
    rename: async (id, text) => {
      const name = toName(text);
      await editor.edit(id, (head) => ({ head: { ...head, name, seq: head.seq + 1 } }));
      await library.announceCollections();
    },
    remove: async (id) => {
      await store.removeCorpus(id);
      const ids = await deleteSourcesOf(database, id);
      if (ids.length > 0) emit({ kind: 'removed', ids });
      await library.announceCollections();
      return ids;
    },
  };
}

/** Deletes the sources of a collection whose corpus is gone. */
export async function deleteSourcesOf(database: AlcoveDatabase, id: CorpusId): Promise<DocumentId[]> {
  const { sources, originals, collections } = database;
  return database.transaction('rw', sources, originals, collections, async () => {
    const ids = await sources.where('collection').equals(id).primaryKeys();
    await sources.bulkDelete(ids);
    await originals.bulkDelete(ids);
    await collections.delete(id);
    return ids;
  });
}
