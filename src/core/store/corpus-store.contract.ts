import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CorpusId, ProfileId, SegmentId } from '../ids.ts';
import { buildSegments } from '../segment/build-segment.ts';
import type { PartRef, SegmentBytes, SegmentRef } from '../segment/segment-manifest.ts';
import { sha256 } from '../segment/sha256.ts';
import { makeDocument, testCorpus, testProfile } from '../segment/test-data/make-documents.ts';
import { decodeTxtPart } from '../segment/txt-part.ts';
import type { CorpusHead, CorpusStore } from './corpus-store.ts';

/** A store to be tested, and ways to bring it into trouble. */
export type CorpusStoreFixture = {
  store: CorpusStore;
  /** Another store over the same data, as a second tab or a restart has it. */
  reopen(): Promise<CorpusStore>;
  /** From now on writing fails for want of room, after some of a commit was written where the store writes in steps. */
  fillUp(): void | Promise<void>;
  makeRoom(): void | Promise<void>;
  /** Changes one byte of a stored part. */
  damage(segment: SegmentId, part: 'txt' | 'kw' | 'vec'): Promise<void>;
  dispose?(): Promise<void>;
};

/** The promises of `CorpusStore`, kept by every implementation. */
export function describeCorpusStore(name: string, create: () => Promise<CorpusStoreFixture>): void {
  describe(`corpus store: ${name}`, () => {
    let fixture: CorpusStoreFixture;
    let store: CorpusStore;
    beforeEach(async () => {
      fixture = await create();
      store = fixture.store;
    });
    afterEach(async () => fixture.dispose?.());

    it('has no heads at first', async () => {
      expect(await store.readHeads()).toEqual([]);
      expect(await store.readHead(testCorpus)).toBeUndefined();
    });

    it('gives back head, manifest and parts byte for byte, also after reopening', async () => {
      const segment = await makeSegment('doc-1', 40);
      const vec = await makeVec(1000, 7);
      const head = makeHead(1, [refTo(segment, { [testProfile]: vec.ref }, Uint8Array.of(5, 0, 0, 0, 0))]);
      await store.commit({ head, segments: [segment], vec: [{ segment: segment.id, profile: testProfile, bytes: vec.bytes }] });
      for (const reader of [store, await fixture.reopen()]) {
        expect(await reader.readHeads()).toEqual([head]);
        expect(await reader.readHead(testCorpus)).toEqual(head);
        expect(await reader.readManifest(segment.id)).toEqual(segment.manifest);
        expect(await reader.readPart(segment.id, 'txt')).toEqual(segment.txt);
        expect(await reader.readPart(segment.id, 'kw')).toEqual(segment.kw);
        expect(await reader.readPart(segment.id, { vec: testProfile })).toEqual(vec.bytes);
      }
    });

    it('stores only the bytes of a view, not the buffer beneath it', async () => {
      const segment = await makeSegment('doc-1', 3);
      const padded = { ...segment, txt: viewWithin(segment.txt), kw: viewWithin(segment.kw) };
      await store.commit({ head: makeHead(1, [refTo(segment)]), segments: [padded] });
      expect(await store.readPart(segment.id, 'txt')).toEqual(segment.txt);
      expect((await store.readPart(segment.id, 'kw')).buffer.byteLength).toBe(segment.kw.length);
    });

    it('keeps what it stored when the caller changes what it gave or got', async () => {
      const segment = await makeSegment('doc-1', 3);
      const head = makeHead(1, [refTo(segment)]);
      const given = segment.kw.slice();
      await store.commit({ head, segments: [{ ...segment, kw: given }] });
      given.fill(0);
      head.segments.length = 0;
      (await store.readPart(segment.id, 'kw')).fill(0);
      expect(await store.readPart(segment.id, 'kw')).toEqual(segment.kw);
      expect((await store.readHead(testCorpus))?.segments).toHaveLength(1);
    });

    it('gives passages in the order asked for, repeats included', async () => {
      const segment = await makeSegment('doc-1', 300, 60);
      await store.commit({ head: makeHead(1, [refTo(segment)]), segments: [segment] });
      const all = [...decodeTxtPart({ bytes: segment.txt, members: segment.manifest.txt.members })];
      const rows = [299, 0, 150, 150, 1, 298];
      for (const reader of [store, store, await fixture.reopen()]) {
        expect(await reader.readPassages(segment.id, rows)).toEqual(rows.map((row) => all[row]));
      }
      expect(await store.readPassages(segment.id, [])).toEqual([]);
    });

    it('names what is missing', async () => {
      const segment = await makeSegment('doc-1', 3);
      const unknown = 'f'.repeat(64) as SegmentId;
      await store.commit({ head: makeHead(1, [refTo(segment)]), segments: [segment] });
      await expect(store.readManifest(unknown)).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.readPart(unknown, 'kw')).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.readPassages(unknown, [0])).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.readPassages(segment.id, [3])).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.readPart(segment.id, { vec: testProfile })).rejects.toMatchObject({ code: 'not-found' });
    });

    it('refuses a commit that does not follow the stored head, and changes nothing', async () => {
      const [first, second] = [await makeSegment('doc-1', 3), await makeSegment('doc-2', 3)];
      await store.commit({ head: makeHead(1, [refTo(first)]), segments: [first] });
      for (const seq of [0, 1, 3]) {
        await expect(store.commit({ head: makeHead(seq, [refTo(second)]), segments: [second] })).rejects.toMatchObject({ code: 'conflict' });
      }
      expect(await store.readHead(testCorpus)).toEqual(makeHead(1, [refTo(first)]));
      await expect(store.readManifest(second.id)).rejects.toMatchObject({ code: 'not-found' });
    });

    it('lets exactly one of several commits at once win', async () => {
      const others = [store, await fixture.reopen(), await fixture.reopen()];
      const segments = await Promise.all(others.map((_, i) => makeSegment(`doc-${i}`, 3)));
      const results = await Promise.allSettled(
        others.map((writer, i) => {
          const segment = segments[i] as SegmentBytes;
          return writer.commit({ head: makeHead(1, [refTo(segment)]), segments: [segment] });
        }),
      );
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(failures).toEqual([expect.objectContaining({ code: 'conflict' }), expect.objectContaining({ code: 'conflict' })]);
      expect((await store.readHead(testCorpus))?.segments).toHaveLength(1);
    });

    it('refuses a head that names what is neither stored nor given', async () => {
      const segment = await makeSegment('doc-1', 3);
      const vec = await makeVec(100, 1);
      await expect(store.commit({ head: makeHead(1, [refTo(segment)]) })).rejects.toMatchObject({ code: 'not-found' });
      const withVec = makeHead(1, [refTo(segment, { [testProfile]: vec.ref })]);
      await expect(store.commit({ head: withVec, segments: [segment] })).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.readHeads()).toEqual([]);
    });

    it('refuses bytes that do not match their hash', async () => {
      const segment = await makeSegment('doc-1', 3);
      const head = makeHead(1, [refTo(segment)]);
      const vec = await makeVec(100, 1);
      const withVec = makeHead(1, [refTo(segment, { [testProfile]: vec.ref })]);
      const wrong = [
        store.commit({ head, segments: [{ ...segment, kw: flipByte(segment.kw) }] }),
        store.commit({ head, segments: [{ ...segment, txt: flipByte(segment.txt) }] }),
        store.commit({ head, segments: [{ ...segment, id: 'f'.repeat(64) as SegmentId }] }),
        store.commit({ head: withVec, segments: [segment], vec: [{ segment: segment.id, profile: testProfile, bytes: flipByte(vec.bytes) }] }),
      ];
      for (const commit of wrong) await expect(commit).rejects.toMatchObject({ code: 'segment/corrupt' });
      expect(await store.readHeads()).toEqual([]);
    });

    it('refuses a head that contradicts itself', async () => {
      const segment = await makeSegment('doc-1', 3);
      const vec = await makeVec(100, 1);
      const wrong = [
        store.commit({ head: makeHead(1, [refTo(segment, {}, new Uint8Array(2))]), segments: [segment] }),
        store.commit({ head: makeHead(1, [refTo(segment), refTo(segment)]), segments: [segment] }),
        store.commit({ head: makeHead(1, [{ ...refTo(segment), rows: 4 }]), segments: [segment] }),
        store.commit({ head: makeHead(1, [refTo(segment)]), segments: [segment], vec: [{ segment: segment.id, profile: testProfile, bytes: vec.bytes }] }),
      ];
      for (const commit of wrong) await expect(commit).rejects.toMatchObject({ code: 'invalid-input' });
    });

    it('reports stored bytes that were damaged, instead of handing them out', async () => {
      const segment = await makeSegment('doc-1', 3);
      const vec = await makeVec(100, 1);
      const head = makeHead(1, [refTo(segment, { [testProfile]: vec.ref })]);
      await store.commit({ head, segments: [segment], vec: [{ segment: segment.id, profile: testProfile, bytes: vec.bytes }] });
      for (const part of ['txt', 'kw', 'vec'] as const) await fixture.damage(segment.id, part);
      for (const part of ['txt', 'kw', { vec: testProfile }] as const) {
        await expect(store.readPart(segment.id, part)).rejects.toMatchObject({ code: 'segment/corrupt' });
      }
      await expect(store.readPassages(segment.id, [0])).rejects.toMatchObject({ code: 'segment/corrupt' });
    });

    it('serves a reader of an older head until garbage is collected', async () => {
      const [old, fresh] = [await makeSegment('doc-1', 5), await makeSegment('doc-2', 5)];
      await store.commit({ head: makeHead(1, [refTo(old)]), segments: [old] });
      await store.commit({ head: makeHead(2, [refTo(fresh)]), segments: [fresh] });
      expect(await store.readPart(old.id, 'kw')).toEqual(old.kw);
      expect(await store.readPassages(old.id, [4])).toHaveLength(1);
      expect(await store.collectGarbage()).toBe(old.txt.length + old.kw.length);
      await expect(store.readPart(old.id, 'kw')).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.readPassages(old.id, [4])).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.readPart(fresh.id, 'kw')).toEqual(fresh.kw);
      expect(await store.collectGarbage()).toBe(0);
    });

    it('keeps an older vec part of the same profile for the reader that names its hash', async () => {
      const segment = await makeSegment('doc-1', 3);
      const [old, fresh] = [await makeVec(100, 1), await makeVec(120, 2)];
      const commitVec = async (seq: number, { bytes, ref }: Vec, segments: SegmentBytes[]): Promise<void> =>
        store.commit({ head: makeHead(seq, [refTo(segment, { [testProfile]: ref })]), segments, vec: [{ segment: segment.id, profile: testProfile, bytes }] });
      await commitVec(1, old, [segment]);
      await commitVec(2, fresh, []);
      expect(await store.readPart(segment.id, { vec: testProfile, sha256: old.ref.sha256 })).toEqual(old.bytes);
      expect(await store.readPart(segment.id, { vec: testProfile })).toEqual(fresh.bytes);
      expect(await store.collectGarbage()).toBe(100);
      await expect(store.readPart(segment.id, { vec: testProfile, sha256: old.ref.sha256 })).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.readPart(segment.id, { vec: testProfile })).toEqual(fresh.bytes);
    });

    it('keeps a segment that another corpus still names when one corpus is removed', async () => {
      const segment = await makeSegment('doc-1', 3);
      const other = 'corpus-b' as CorpusId;
      await store.commit({ head: makeHead(1, [refTo(segment)]), segments: [segment] });
      await store.commit({ head: { ...makeHead(1, [refTo(segment)]), corpus: other } });
      await store.removeCorpus(testCorpus);
      expect((await store.readHeads()).map(({ corpus }) => corpus)).toEqual([other]);
      expect(await store.collectGarbage()).toBe(0);
      await store.removeCorpus(other);
      expect(await store.collectGarbage()).toBe(segment.txt.length + segment.kw.length);
      expect(await store.readHeads()).toEqual([]);
    });

    it('leaves the old head and its parts whole when there is no room, and goes on once there is', async () => {
      const [old, fresh] = [await makeSegment('doc-1', 5), await makeSegment('doc-2', 400, 60)];
      const vec = await makeVec(5000, 3);
      const ref = refTo(fresh, { [testProfile]: vec.ref });
      const commit = { head: makeHead(2, [refTo(old), ref]), segments: [fresh], vec: [{ segment: fresh.id, profile: testProfile, bytes: vec.bytes }] };
      await store.commit({ head: makeHead(1, [refTo(old)]), segments: [old] });
      await fixture.fillUp();
      await expect(store.commit(commit)).rejects.toMatchObject({ code: 'quota-exceeded' });
      expect(await store.readHead(testCorpus)).toEqual(makeHead(1, [refTo(old)]));
      expect(await store.readPart(old.id, 'txt')).toEqual(old.txt);
      await expect(store.readManifest(fresh.id)).rejects.toMatchObject({ code: 'not-found' });
      await fixture.makeRoom();
      await store.commit(commit);
      expect(await store.readPart(fresh.id, { vec: testProfile })).toEqual(vec.bytes);
    });

    it('holds parts of 8 MiB', async () => {
      const segment = await makeSegment('doc-1', 3);
      const vec = await makeVec(8 * 1024 * 1024, 5);
      const profiles = ['b', 'c'].map((digit) => digit.repeat(64) as ProfileId);
      const refs = Object.fromEntries(profiles.map((profile) => [profile, vec.ref]));
      const parts = profiles.map((profile) => ({ segment: segment.id, profile, bytes: vec.bytes }));
      await store.commit({ head: makeHead(1, [refTo(segment, refs)]), segments: [segment], vec: parts });
      for (const profile of profiles) {
        const read = await (await fixture.reopen()).readPart(segment.id, { vec: profile });
        expect(await sha256(read)).toBe(vec.ref.sha256);
      }
    });
  });
}

type Vec = { bytes: Uint8Array; ref: PartRef };

async function makeSegment(document: string, passages: number, words?: number): Promise<SegmentBytes> {
  const [segment] = await buildSegments([makeDocument(document, passages, words)], { analyzer: 'words-1' });
  return segment as SegmentBytes;
}

/** Bytes that do not compress, so that a store with a quota cannot make them small. */
async function makeVec(byteCount: number, seed: number): Promise<Vec> {
  const bytes = new Uint8Array(byteCount);
  let state = seed;
  for (let i = 0; i < byteCount; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return { bytes, ref: { sha256: await sha256(bytes), bytes: byteCount } };
}

function makeHead(seq: number, segments: SegmentRef[]): CorpusHead {
  return { corpus: testCorpus, name: 'Papers', seq, segments };
}

function refTo({ id, manifest }: SegmentBytes, vec: SegmentRef['vec'] = {}, tombstones?: Uint8Array): SegmentRef {
  return tombstones ? { id, rows: manifest.rows, tombstones, vec } : { id, rows: manifest.rows, vec };
}

function flipByte(bytes: Uint8Array): Uint8Array {
  const flipped = bytes.slice();
  flipped[flipped.length >> 1] = (flipped.at(flipped.length >> 1) ?? 0) ^ 1;
  return flipped;
}

function viewWithin(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length + 100);
  larger.set(bytes, 40);
  return larger.subarray(40, 40 + bytes.length);
}
