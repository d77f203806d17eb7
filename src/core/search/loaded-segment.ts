import type { CorpusStore } from '../store/corpus-store.ts';
import type { SegmentId } from '../ids.ts';
import type { DocumentRows } from '../segment/segment-manifest.ts';
import { openKwPart, type KwPart } from '../segment/kw-part.ts';
import { AppError } from '../errors/app-error.ts';
import { findLastAtMost } from './find-last-at-most.ts';

/** What of an immutable segment stays in memory: its documents and its keyword postings, not its text. */
export type LoadedSegment = {
  id: SegmentId;
  rows: number;
  documents: readonly DocumentRows[];
  part: KwPart;
  /** Sum of the lengths of all rows. */
  totalLength: number;
  /** Rules its terms were made by. */
  analyzer: string;
};

/** Reads and opens a segment. Errors: those of the store; `segment/corrupt` where manifest and postings do not agree. */
export async function loadSegment(store: CorpusStore, id: SegmentId): Promise<LoadedSegment> {
  const [manifest, bytes] = await Promise.all([store.readManifest(id), store.readPart(id, 'kw')]);
  const part = openKwPart(bytes);
  if (part.rows !== manifest.rows) throw new AppError('segment/corrupt', `segment ${id}: ${part.rows} rows of ${manifest.rows}`);
  const documents = manifest.documents.toSorted((a, b) => a.firstRow - b.firstRow);
  let totalLength = 0;
  for (const length of part.lengths) totalLength += length;
  return { id, rows: part.rows, documents, part, totalLength, analyzer: manifest.kw.analyzer };
}

/** The document a row belongs to, and the row's place among that document's passages. */
export function documentAt(segment: LoadedSegment, row: number): { document: DocumentRows['document']; ordinal: number } {
  const entry = segment.documents[findLastAtMost(segment.documents, row, (item) => item.firstRow)];
  if (entry === undefined || row >= entry.firstRow + entry.rows) throw new AppError('segment/corrupt', `row ${row} is of no document`);
  return { document: entry.document, ordinal: entry.firstOrdinal + row - entry.firstRow };
}
