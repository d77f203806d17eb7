import { Dexie, type Table } from 'dexie';
import type { CorpusHead } from '#core/store/corpus-store.ts';
import type { CorpusId, ProfileId, SegmentId, Sha256 } from '#core/ids.ts';
import type { SegmentManifest } from '#core/segment/segment-manifest.ts';

/**
 * Tables of the corpus store, to be spread into a database's `stores`. The primary key of a vec part ends in its size,
 * so that garbage can be listed, chosen and counted from keys alone.
 */
export const corpusTables = {
  corpusHeads: 'corpus',
  corpusSegments: 'id',
  corpusMembers: '[segment+member]',
  corpusKeywords: 'segment',
  corpusVectors: '[segment+profile+sha256+bytes]',
};

/** The database must be opened with these: a commit has to be on disk when it resolves, and Chromium's default is not. */
export const corpusDatabaseOptions = { chromeTransactionDurability: 'strict' } as const;

export type SegmentRow = { id: SegmentId; manifest: SegmentManifest };
/** Bytes lie as ArrayBuffers: Blobs in IndexedDB have been lost by browsers, and typed arrays store their whole buffer. */
export type MemberRow = { segment: SegmentId; member: number; data: ArrayBuffer };
export type KeywordRow = { segment: SegmentId; data: ArrayBuffer };
export type VectorKey = [segment: SegmentId, profile: ProfileId, sha256: Sha256, bytes: number];
export type VectorRow = { segment: SegmentId; profile: ProfileId; sha256: Sha256; bytes: number; data: ArrayBuffer };

export type CorpusDatabase = {
  dexie: Dexie;
  heads: Table<CorpusHead, CorpusId>;
  segments: Table<SegmentRow, SegmentId>;
  members: Table<MemberRow, [SegmentId, number]>;
  keywords: Table<KeywordRow, SegmentId>;
  vectors: Table<VectorRow, VectorKey>;
};

/** The corpus tables of a database whose schema includes `corpusTables`. */
export function corpusDatabaseOf(dexie: Dexie): CorpusDatabase {
  return {
    dexie,
    heads: dexie.table('corpusHeads'),
    segments: dexie.table('corpusSegments'),
    members: dexie.table('corpusMembers'),
    keywords: dexie.table('corpusKeywords'),
    vectors: dexie.table('corpusVectors'),
  };
}

/** All rows of `members` that belong to a segment. */
export function membersOf({ members }: CorpusDatabase, segment: SegmentId) {
  return members.where('[segment+member]').between([segment, Dexie.minKey], [segment, Dexie.maxKey]);
}

/** Keys of a segment's vec parts, of one profile or of all. */
export function vectorKeysOf({ vectors }: CorpusDatabase, segment: SegmentId, profile?: ProfileId): Promise<VectorKey[]> {
  const prefix = profile === undefined ? [segment] : [segment, profile];
  return Promise.resolve(vectors.where(':id').between([...prefix, Dexie.minKey], [...prefix, Dexie.maxKey]).primaryKeys());
}
