declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A corpus is what a person calls a collection: one list of segments, searched together or alone. */
export type CorpusId = Branded<'CorpusId'>;
/** One document of a corpus; stable for its life, also when it is renamed or its segment is merged. */
export type DocumentId = Branded<'DocumentId'>;
/** Lowercase hex SHA-256 of a segment's canonical manifest. */
export type SegmentId = Branded<'SegmentId'>;
/** Lowercase hex SHA-256 of a profile's canonical JSON: two vectors may be compared only where this is equal. */
export type ProfileId = Branded<'ProfileId'>;
/** Lowercase hex SHA-256 of some bytes. */
export type Sha256 = Branded<'Sha256'>;
export type ConversationId = Branded<'ConversationId'>;
export type AnswerId = Branded<'AnswerId'>;

/** A new random id (128 bits, base36) of any of the branded kinds that are not content hashes. */
export function createId<Id extends CorpusId | DocumentId | ConversationId | AnswerId>(): Id {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return Array.from(words, (word) => word.toString(36).padStart(7, '0')).join('') as Id;
}
