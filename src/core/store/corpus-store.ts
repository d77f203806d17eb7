import type { Passage } from '../document/passage.ts';
import type { CorpusId, ProfileId, SegmentId, Sha256 } from '../ids.ts';
import type { SegmentBytes, SegmentManifest, SegmentRef } from '../segment/segment-manifest.ts';

/** The only mutable thing about a corpus: which segments it consists of now. `seq` rises by one with every commit. */
export type CorpusHead = { corpus: CorpusId; name: string; seq: number; segments: SegmentRef[] };

/** A new `vec` part, to be stored with the head that refers to it. */
export type NewVecPart = { segment: SegmentId; profile: ProfileId; bytes: Uint8Array };

/** All that one commit writes. It becomes visible whole or not at all. */
export type Commit = {
  head: CorpusHead;
  segments?: SegmentBytes[];
  vec?: NewVecPart[];
};

/**
 * Where corpora lie. A commit is atomic and durable before it resolves; a reader that holds a head can read every part
 * that head refers to until `collectGarbage` runs after a later commit. Bytes come back exactly as they were given.
 * Errors: `conflict` (the stored `seq`, 0 where there is no head, is not `head.seq - 1`), `not-found` (also a commit whose
 * head names a part that is neither stored nor given), `invalid-input` (a head or commit that contradicts itself),
 * `segment/corrupt` (bytes do not match their hash), `quota-exceeded` (nothing of the commit is stored).
 */
export type CorpusStore = {
  readHeads(): Promise<CorpusHead[]>;
  readHead(corpus: CorpusId): Promise<CorpusHead | undefined>;
  commit(commit: Commit): Promise<void>;
  readManifest(segment: SegmentId): Promise<SegmentManifest>;
  /**
   * The whole part. `vec` needs the profile; with the hash that a head gives, it is exactly that head's part even where a
   * later commit has brought another for the same profile.
   */
  readPart(segment: SegmentId, part: 'txt' | 'kw' | { vec: ProfileId; sha256?: Sha256 }): Promise<Uint8Array>;
  /** The passages at these rows, in the order asked for, reading only the members they lie in. */
  readPassages(segment: SegmentId, rows: readonly number[]): Promise<Passage[]>;
  removeCorpus(corpus: CorpusId): Promise<void>;
  /** Deletes what no head refers to; returns the bytes freed. */
  collectGarbage(): Promise<number>;
};
