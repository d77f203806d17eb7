import type { Coverage, SourceType } from '#core/document/parsed-document.ts';
import type { WireError } from '#core/errors/app-error.ts';
import type { CorpusId, DocumentId, Sha256 } from '#core/ids.ts';

/**
 * What is stored about the work on a source. `read` means its passages are committed; whether they have vectors is read
 * off the corpus' head and never stored here, so that the two cannot disagree.
 */
export type StoredState = 'queued' | 'reading' | 'read' | 'failed' | 'cancelled';

/** A row of the sources table: the library's own knowledge of a document, which no segment carries. */
export type SourceRecord = {
  id: DocumentId;
  collection: CorpusId;
  title: string;
  /** True when a person gave the title; reading the file again then leaves it alone. */
  titleIsGiven: boolean;
  path: string;
  bytes: number;
  sha256: Sha256;
  addedAt: string;
  state: StoredState;
  /** Place in the queue: lower is read earlier. */
  order: number;
  /** Readings begun and not ended; a file that ends the program thrice is not tried again. */
  attempts: number;
  tags: string[];
  hasOriginal: boolean;
  type?: SourceType;
  coverage?: Coverage;
  error?: WireError;
  /** Set while the removal can be undone. */
  removedAt?: string;
  /** The engine that can still undo the removal; once it is gone the source is purged. */
  removedBy?: string;
  /** It was waiting or being read when it was removed, so undoing puts it back into the queue. */
  wasUnread?: boolean;
};

/** The bytes as dropped. An ArrayBuffer, because browsers have lost Blobs stored in IndexedDB. */
export type OriginalRecord = { id: DocumentId; mediaType: string; bytes: ArrayBuffer };

export type CollectionRecord = { id: CorpusId; createdAt: string };

/** Vector of one text under one profile; `key` is a hash of both. `at` orders the rows for trimming. */
export type EmbeddingRecord = { key: string; at: number; vector: Float32Array };

/** Room for small writes when the disk is full. */
export type ReserveRecord = { id: 'reserve'; bytes: ArrayBuffer };

export type SettingRecord = { key: 'paused' | 'keepOriginals'; value: boolean };
