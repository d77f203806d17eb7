import { Dexie, type DBCore, type DBCoreTable, type DexieOptions } from 'dexie';
import type { CorpusStoreFixture } from '#core/store/corpus-store.contract.ts';
import { createDexieCorpusStore } from '../dexie-corpus-store.ts';
import { corpusDatabaseOf, corpusDatabaseOptions, corpusTables, membersOf } from '../dexie-corpus-tables.ts';

/** A Dexie corpus store whose disk can be made to seem full, and whose rows can be damaged. */
export async function createDexieFixture(name: string, indexedDB: Pick<DexieOptions, 'indexedDB' | 'IDBKeyRange'> = {}): Promise<CorpusStoreFixture> {
  const opened: Dexie[] = [];
  const disk = { writesLeft: Infinity };
  const open = async (): Promise<Dexie> => {
    const dexie = new Dexie(name, { ...corpusDatabaseOptions, ...indexedDB });
    dexie.version(1).stores(corpusTables);
    dexie.use({ stack: 'dbcore', name: 'full-disk', create: (core) => limitWrites(core, disk) });
    opened.push(dexie);
    return dexie.open();
  };
  const dexie = await open();
  const db = corpusDatabaseOf(dexie);
  return {
    store: createDexieCorpusStore(dexie),
    reopen: async () => createDexieCorpusStore(await open()),
    fillUp: () => {
      disk.writesLeft = 3;
    },
    makeRoom: () => {
      disk.writesLeft = Infinity;
    },
    damage: async (segment, part) => {
      const rows = { txt: membersOf(db, segment), kw: db.keywords.where('segment').equals(segment), vec: db.vectors.toCollection() };
      const change = (row: { data: ArrayBuffer }): void => {
        const bytes = new Uint8Array(row.data);
        bytes[bytes.length >> 1] = (bytes.at(bytes.length >> 1) ?? 0) ^ 1;
        row.data = bytes.buffer;
      };
      await rows[part].modify(change);
    },
    dispose: async () => {
      for (const each of opened) each.close({ disableAutoOpen: true });
    },
  };
}

function limitWrites(core: DBCore, disk: { writesLeft: number }): DBCore {
  const limit = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    mutate: async (request) => {
      if (disk.writesLeft-- <= 0) throw new DOMException('no room', 'QuotaExceededError');
      return table.mutate(request);
    },
  });
  return { ...core, table: (name) => limit(core.table(name)) };
}
