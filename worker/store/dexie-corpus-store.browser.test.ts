import { cdp } from 'vitest/browser';
import { Dexie, type DexieOptions } from 'dexie';
import { describe, expect, it } from 'vitest';
import { buildSegments } from '#core/segment/build-segment.ts';
import type { SegmentBytes } from '#core/segment/segment-manifest.ts';
import { sha256 } from '#core/segment/sha256.ts';
import { makeDocument, testCorpus, testProfile } from '#core/segment/test-data/make-documents.ts';
import type { Commit } from '#core/store/corpus-store.ts';
import { describeCorpusStore } from '#core/store/corpus-store.contract.ts';
import { closeOnUpgrade } from './dexie-close-on-upgrade.ts';
import { createDexieCorpusStore } from './dexie-corpus-store.ts';
import { corpusDatabaseOptions, corpusTables } from './dexie-corpus-tables.ts';
import { createDexieFixture } from './test-data/dexie-fixture.ts';

let nextName = 0;
const freshName = (): string => `corpus-store-test-${Date.now()}-${nextName++}`;

describeCorpusStore('Dexie in Chromium', () => createDexieFixture(freshName()));

type Bucket = { indexedDB: IDBFactory };

async function openBucket(name: string): Promise<Bucket> {
  const { storageBuckets } = navigator as unknown as { storageBuckets: { open(name: string): Promise<Bucket> } };
  return storageBuckets.open(name);
}

async function openDexie(name: string, options: DexieOptions = {}): Promise<Dexie> {
  const dexie = new Dexie(name, { ...corpusDatabaseOptions, ...options });
  dexie.version(1).stores(corpusTables);
  return dexie.open();
}

async function makeCommit(seq: number, vecBytes: number): Promise<Commit> {
  const [segment] = (await buildSegments([makeDocument(`doc-${seq}`, 5)], { analyzer: 'words-1' })) as [SegmentBytes];
  // Random, because a quota counts what compression leaves; 64 KiB is the most that one call gives.
  const bytes = new Uint8Array(vecBytes);
  for (let at = 0; at < vecBytes; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(vecBytes, at + 65_536)));
  const ref = { id: segment.id, rows: 5, vec: { [testProfile]: { sha256: await sha256(bytes), bytes: vecBytes } } };
  return {
    head: { corpus: testCorpus, name: 'Papers', seq, segments: [ref] },
    segments: [segment],
    vec: [{ segment: segment.id, profile: testProfile, bytes }],
  };
}

describe('the Dexie corpus store in Chromium', () => {
  it('commits with strict durability', async () => {
    const dexie = await openDexie(freshName());
    const durabilities: string[] = [];
    dexie.use({
      stack: 'dbcore',
      name: 'watch',
      create: (core) => ({
        ...core,
        transaction: (stores, mode, options) => {
          const transaction = core.transaction(stores, mode, options);
          if (mode === 'readwrite') durabilities.push((transaction as unknown as IDBTransaction).durability);
          return transaction;
        },
      }),
    });
    dexie.close({ disableAutoOpen: false });
    await dexie.open();
    await createDexieCorpusStore(dexie).commit(await makeCommit(1, 100));
    expect(durabilities).toEqual(['strict']);
    dexie.close();
  });

  it('keeps the old head searchable when the real disk quota is reached, and goes on once there is room', async () => {
    // Chromium remembers for half a minute how much room a storage bucket has, so this needs one that was never used.
    const bucket = await openBucket(freshName());
    const { usage = 0 } = await navigator.storage.estimate();
    await cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin, quotaSize: usage + 6_000_000 });
    const dexie = await openDexie(freshName(), { indexedDB: bucket.indexedDB, IDBKeyRange });
    const store = createDexieCorpusStore(dexie);
    await store.commit(await makeCommit(1, 1000));
    const large = await makeCommit(2, 8_000_000);
    const outcome = await store.commit(large).then(
      () => 'committed',
      (error: { code?: string }) => error.code,
    );
    await cdp().send('Storage.overrideQuotaForOrigin', { origin: location.origin });
    expect(outcome).toBe('quota-exceeded');
    const head = await store.readHead(testCorpus);
    expect(head?.seq).toBe(1);
    for (const { id } of head?.segments ?? []) expect(await store.readPassages(id, [4])).toHaveLength(1);
    await store.commit(large);
    expect((await store.readHead(testCorpus))?.seq).toBe(2);
    dexie.close();
  });

  it('says that storage is gone once another tab has upgraded the database', async () => {
    const name = freshName();
    const dexie = await openDexie(name);
    let closed = 0;
    closeOnUpgrade(dexie, () => closed++);
    const store = createDexieCorpusStore(dexie);
    const newer = new Dexie(name);
    newer.version(2).stores({ ...corpusTables, more: 'id' });
    await newer.open();
    await expect(store.readHeads()).rejects.toMatchObject({ code: 'storage-unavailable' });
    expect(closed).toBe(1);
    newer.close();
  });
});
