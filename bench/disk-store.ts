import { Dexie } from 'dexie';
import type { CorpusId } from '#core/ids.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import { corpusDatabaseOptions, corpusTables } from '../worker/store/dexie-corpus-tables.ts';
import { createDexieCorpusStore } from '../worker/store/dexie-corpus-store.ts';
import type { BenchContext } from './benchmark.ts';
import { fillCorpus } from './build-corpus.ts';

export type DiskStore = { store: CorpusStore; close(): void; remove(): Promise<void> };

/** A corpus store in an IndexedDB database of its own, opened anew. */
export function openDiskStore(name: string): DiskStore {
  const database = new Dexie(name, corpusDatabaseOptions);
  database.version(1).stores(corpusTables);
  return { store: createDexieCorpusStore(database), close: () => database.close(), remove: () => database.delete() };
}

export const benchCorpus = 'bench' as CorpusId;

/** Name of a database that holds a synthetic corpus of that many passages, made once a run and deleted at its end. */
export function shareDiskCorpus(context: BenchContext, passages: number): Promise<string> {
  const name = `alcove-bench-${passages}`;
  const create = async (): Promise<string> => {
    await Dexie.delete(name);
    const disk = openDiskStore(name);
    await fillCorpus(disk.store, benchCorpus, passages, { context, seed: passages });
    disk.close();
    return name;
  };
  return context.share(`disk-${passages}`, create, () => Dexie.delete(name));
}
