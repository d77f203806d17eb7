import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { describeCorpusStore } from '#core/store/corpus-store.contract.ts';
import { createDexieCorpusStore } from './dexie-corpus-store.ts';
import { corpusTables } from './dexie-corpus-tables.ts';
import { createDexieFixture } from './test-data/dexie-fixture.ts';
import { toStoreError } from './dexie-store-error.ts';

let nextName = 0;
describeCorpusStore('Dexie over fake-indexeddb', () =>
  createDexieFixture(`corpus-${nextName++}`, { indexedDB: new IDBFactory(), IDBKeyRange }),
);

describe('errors of the Dexie corpus store', () => {
  it('finds a full disk wherever Dexie hides it', () => {
    const quota = new DOMException('full', 'QuotaExceededError');
    const hidden = [
      quota,
      new Dexie.AbortError('aborted', quota),
      Object.assign(new Error('bulk'), { name: 'BulkError', failures: [quota] }),
      Object.assign(new Error('open'), { name: 'OpenFailedError', inner: new Dexie.AbortError('aborted', quota) }),
    ];
    for (const error of hidden) expect(toStoreError(error)).toMatchObject({ code: 'quota-exceeded' });
    expect(toStoreError(new AppError('conflict', 'x'))).toMatchObject({ code: 'conflict' });
  });

  it('says that storage is gone when the database was closed', async () => {
    const dexie = new Dexie('closed', { indexedDB: new IDBFactory(), IDBKeyRange });
    dexie.version(1).stores(corpusTables);
    await dexie.open();
    const store = createDexieCorpusStore(dexie);
    dexie.close({ disableAutoOpen: true });
    await expect(store.readHeads()).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});
