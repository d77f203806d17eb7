import type { Coverage, SourceType } from '../document/parsed-document.ts';
import type { DocumentId, ProfileId, SegmentId, Sha256 } from '../ids.ts';

/** A document as a segment describes it: enough to list, cite and show it on a machine that never saw the original. */
export type DocumentInfo = {
  id: DocumentId;
  title: string;
  type: SourceType;
  /** Size of the original. */
  bytes: number;
  /** SHA-256 of the original. */
  sha256: Sha256;
  /** UTF-16 length of the parsed text. */
  characters: number;
  /** BCP 47 primary language that the keyword terms were made for, `und` where unknown. */
  language: string;
  /** ISO 8601. */
  addedAt: string;
  pageStarts?: number[];
  coverage?: Coverage;
  /** Where the original says so, or as set by whoever added it. */
  path?: string;
};

/** The rows `firstRow` to `firstRow + rows - 1` of a segment are the passages `firstOrdinal`... of `document`. */
export type DocumentRows = { document: DocumentInfo; firstRow: number; rows: number; firstOrdinal: number };

/** One part of a segment: its bytes are named by their hash. */
export type PartRef = { sha256: Sha256; bytes: number };

/**
 * One gzip member of a `txt` part. The part is RFC 1952 multi-member gzip of NDJSON, a passage a line: `gunzip` reads it
 * whole, and a reader that wants one passage inflates one member.
 */
export type TxtMember = { offset: number; bytes: number; firstRow: number; rows: number };

/**
 * An immutable segment. Its id is the SHA-256 of this manifest's canonical JSON, so equal content has equal id everywhere.
 * `vec` parts are made later and per profile, so the head, not the manifest, refers to them.
 */
export type SegmentManifest = {
  format: 1;
  rows: number;
  documents: DocumentRows[];
  txt: PartRef & { members: TxtMember[] };
  kw: PartRef & { analyzer: string };
};

/** A segment as a head refers to it. */
export type SegmentRef = {
  id: SegmentId;
  rows: number;
  /** Bit r (of byte r >> 3, least significant first) is set when row r is deleted; absent when none is. */
  tombstones?: Uint8Array;
  /** The finished `vec` part of each profile. */
  vec: Partial<Record<ProfileId, PartRef>>;
};

/** A segment with its bytes, as a store takes and an importer verifies it. */
export type SegmentBytes = { id: SegmentId; manifest: SegmentManifest; txt: Uint8Array; kw: Uint8Array };
