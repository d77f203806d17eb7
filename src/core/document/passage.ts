import type { DocumentId } from '../ids.ts';
import type { Anchor, BlockKind } from './parsed-document.ts';

/** A block, or the rest of one, inside a passage; `at` is its UTF-16 offset in the passage's text. */
export type PassageBlock = { at: number; kind: BlockKind; level?: number; anchor?: Anchor; header?: string };

/**
 * A stretch of a document that is indexed and cited as one. The passages of a document, in order of `ordinal`, are
 * contiguous: joined, their `text` is the document's text to the last character (a property test holds this).
 */
export type Passage = {
  document: DocumentId;
  /** Place among the document's passages, from 0. */
  ordinal: number;
  /** UTF-16 offset of `text` in the document's text. */
  start: number;
  text: string;
  /** Titles of the headings this passage stands under, outermost first. */
  headings: string[];
  blocks: PassageBlock[];
};
