import type { Dexie } from 'dexie';
import type { Passage } from '#core/document/passage.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { CorpusId, ProfileId, SegmentId, Sha256 } from '#core/ids.ts';
import type { SegmentBytes, SegmentManifest } from '#core/segment/segment-manifest.ts';
import { memberBytes } from '#core/segment/txt-part.ts';
import { verifyPart } from '#core/segment/verify-segment.ts';
import type { Commit, CorpusHead, CorpusStore } from '#core/store/corpus-store.ts';
import { createPassageReader, type PassageReader } from '#core/store/passage-reader.ts';
import { checkSequence, namedVecParts, prepareCommit, type NamedVecPart } from '#core/store/prepare-commit.ts';
import { collectCorpusGarbage } from './dexie-corpus-garbage.ts';
import { corpusDatabaseOf, membersOf, vectorKeysOf, type CorpusDatabase, type VectorKey } from './dexie-corpus-tables.ts';
import { toStoreError } from './dexie-store-error.ts';

/**
 * A `CorpusStore` in an IndexedDB database whose schema includes `corpusTables` and which was made with
 * `corpusDatabaseOptions`. The members of a `txt` part lie in rows of their own, so that a passage costs one small read.
 * `cacheBytes` bounds the inflated text kept in memory. Opening and closing the database is its owner's business.
 */
export function createDexieCorpusStore(dexie: Dexie, options: { cacheBytes?: number } = {}): CorpusStore {
  return new DexieCorpusStore(corpusDatabaseOf(dexie), options.cacheBytes);
}

class DexieCorpusStore implements CorpusStore {
  readonly #db: CorpusDatabase;
  readonly #passages: PassageReader;

  constructor(db: CorpusDatabase, cacheBytes: number | undefined) {
    this.#db = db;
    const source = {
      readMembers: async (segment: SegmentId) => (await this.#manifest(segment)).txt.members,
      readMemberBytes: (segment: SegmentId, members: readonly number[]) => this.#memberBytes(segment, members),
    };
    this.#passages = createPassageReader(source, cacheBytes);
  }

  readHeads(): Promise<CorpusHead[]> {
    return guard(async () => this.#db.heads.toArray());
  }

  readHead(corpus: CorpusId): Promise<CorpusHead | undefined> {
    return guard(async () => this.#db.heads.get(corpus));
  }

  commit(commit: Commit): Promise<void> {
    return guard(async () => {
      // Hashing awaits other promises than the database's, which would end a transaction; so it comes before.
      const vec = await prepareCommit(commit);
      const { dexie, heads, segments, members, keywords, vectors } = this.#db;
      await dexie.transaction('rw', [heads, segments, members, keywords, vectors], () => this.#write(commit, vec));
    });
  }

  readManifest(segment: SegmentId): Promise<SegmentManifest> {
    return guard(async () => {
      const manifest = await this.#manifest(segment);
      this.#passages.learn(segment, structuredClone(manifest.txt.members));
      return manifest;
    });
  }

  readPart(...[segment, part]: Parameters<CorpusStore['readPart']>): Promise<Uint8Array> {
    return guard(async () => {
      if (typeof part !== 'string') return this.#readVec(segment, part.vec, part.sha256);
      const manifest = await this.#manifest(segment);
      const bytes = part === 'kw' ? await this.#readKeywords(segment) : await this.#readText(segment, manifest);
      await verifyPart(bytes, manifest[part]);
      return bytes;
    });
  }

  readPassages(segment: SegmentId, rows: readonly number[]): Promise<Passage[]> {
    return guard(() => this.#passages.read(segment, rows));
  }

  removeCorpus(corpus: CorpusId): Promise<void> {
    return guard(async () => this.#db.heads.delete(corpus));
  }

  collectGarbage(): Promise<number> {
    return guard(async () => {
      const freedBytes = await collectCorpusGarbage(this.#db);
      this.#passages.forgetAll();
      return freedBytes;
    });
  }

  async #write({ head, segments = [] }: Commit, vec: readonly NamedVecPart[]): Promise<void> {
    const stored = await this.#db.heads.get(head.corpus);
    checkSequence(head, stored);
    await this.#checkReferences({ head, stored, segments, vec });
    for (const segment of segments) await this.#writeSegment(segment);
    await this.#db.vectors.bulkPut(
      vec.map(({ segment, profile, sha256, bytes }) => ({ segment, profile, sha256, bytes: bytes.length, data: toBuffer(bytes) })),
    );
    await this.#db.heads.put(head);
  }

  async #writeSegment({ id, manifest, txt, kw }: SegmentBytes): Promise<void> {
    const members = manifest.txt.members.map((member, i) => ({ segment: id, member: i, data: toBuffer(memberBytes(txt, member)) }));
    await this.#db.segments.put({ id, manifest });
    await this.#db.keywords.put({ segment: id, data: toBuffer(kw) });
    await this.#db.members.bulkPut(members);
  }

  /** What the stored head names is there already; the rest must be given or found. */
  async #checkReferences(commit: {
    head: CorpusHead;
    stored: CorpusHead | undefined;
    segments: readonly SegmentBytes[];
    vec: readonly NamedVecPart[];
  }): Promise<void> {
    const known = new Set<string>(commit.segments.map(({ id }) => id));
    for (const { id } of commit.stored?.segments ?? []) known.add(id);
    for (const part of [...commit.vec, ...(commit.stored ? namedVecParts(commit.stored) : [])]) known.add(vecName(part));
    for (const { id } of commit.head.segments) {
      if (!known.has(id) && (await this.#db.segments.where('id').equals(id).count()) === 0) throw missing();
    }
    for (const part of namedVecParts(commit.head)) {
      if (known.has(vecName(part))) continue;
      const keys = await vectorKeysOf(this.#db, part.segment, part.profile);
      if (!keys.some(([, , sha256]) => sha256 === part.sha256)) throw missing();
    }
  }

  async #manifest(segment: SegmentId): Promise<SegmentManifest> {
    const row = await this.#db.segments.get(segment);
    if (!row) throw new AppError('not-found', `no segment ${segment}`);
    return row.manifest;
  }

  async #memberBytes(segment: SegmentId, members: readonly number[]): Promise<Uint8Array[]> {
    const rows = await this.#db.members.bulkGet(members.map((member): [SegmentId, number] => [segment, member]));
    return rows.map((row) => {
      if (!row) throw new AppError('not-found', `no text of segment ${segment}`);
      return new Uint8Array(row.data);
    });
  }

  async #readKeywords(segment: SegmentId): Promise<Uint8Array> {
    const row = await this.#db.keywords.get(segment);
    if (!row) throw new AppError('not-found', `no keywords of segment ${segment}`);
    return new Uint8Array(row.data);
  }

  async #readText(segment: SegmentId, { txt }: SegmentManifest): Promise<Uint8Array> {
    const rows = await membersOf(this.#db, segment).toArray();
    const bytes = new Uint8Array(txt.bytes);
    for (const { member, data } of rows) {
      const offset = txt.members[member]?.offset ?? bytes.length;
      if (offset + data.byteLength > bytes.length) throw new AppError('segment/corrupt', 'txt part: a member has a wrong size');
      bytes.set(new Uint8Array(data), offset);
    }
    return bytes;
  }

  async #readVec(segment: SegmentId, profile: ProfileId, wanted: Sha256 | undefined): Promise<Uint8Array> {
    const key = await this.#findVecKey(segment, profile, wanted);
    const row = key && (await this.#db.vectors.get(key));
    if (!row) throw new AppError('not-found', `no such vec part of segment ${segment}`);
    const bytes = new Uint8Array(row.data);
    await verifyPart(bytes, row);
    return bytes;
  }

  async #findVecKey(segment: SegmentId, profile: ProfileId, wanted: Sha256 | undefined): Promise<VectorKey | undefined> {
    const keys = await vectorKeysOf(this.#db, segment, profile);
    if (wanted !== undefined) return keys.find(([, , sha256]) => sha256 === wanted);
    if (keys.length < 2) return keys[0];
    const heads = await this.#db.heads.toArray();
    const named = heads.flatMap(({ segments }) => segments.find(({ id }) => id === segment)?.vec[profile] ?? []);
    return keys.find(([, , sha256]) => named.some((ref) => ref.sha256 === sha256)) ?? keys[0];
  }
}

async function guard<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw toStoreError(error);
  }
}

/** A buffer of exactly these bytes: storing a view would store all of the buffer beneath it. */
function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer;
}

function vecName({ segment, profile, sha256 }: { segment: SegmentId; profile: ProfileId; sha256: Sha256 }): string {
  return `${segment}/${profile}/${sha256}`;
}

function missing(): AppError {
  return new AppError('not-found', 'the head names a part that is not stored');
}
