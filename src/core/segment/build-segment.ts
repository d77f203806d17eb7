import type { Passage } from '../document/passage.ts';
import { AppError } from '../errors/app-error.ts';
import { encodeKwPart } from './encode-kw-part.ts';
import { encodePassage } from './passage-json.ts';
import { segmentId } from './segment-id.ts';
import { segmentLimits, segmentTargets } from './segment-limits.ts';
import type { DocumentInfo, DocumentRows, SegmentBytes, SegmentManifest } from './segment-manifest.ts';
import { sha256 } from './sha256.ts';
import { TxtWriter, type TxtPart } from './txt-part.ts';

/** A document with all its passages in order of ordinal, and the terms of each. */
export type DocumentToStore = {
  document: DocumentInfo;
  passages: readonly Passage[];
  terms: ReadonlyArray<ReadonlyMap<string, number>>;
};

export type BuildOptions = {
  /** Name of the rule that made the terms; segments of different analyzers are never merged. */
  analyzer: string;
  /** Awaited now and then, so that a caller on a busy thread can let others run. */
  pause?: () => Promise<void>;
};

type Row = { document: DocumentInfo; ordinal: number; line: string; terms: ReadonlyMap<string, number> };

const longestText = 4096;

/**
 * Segments of these documents' passages, in order. One is closed when it reaches a target of `segmentTargets`, so a
 * large document spans several. Equal input gives equal segments. Titles and paths are cut at 4096 characters. A document
 * without passages gives no row. Errors: `invalid-input` (a passage that no segment can hold, terms that do not fit).
 */
export async function buildSegments(documents: readonly DocumentToStore[], options: BuildOptions): Promise<SegmentBytes[]> {
  const segments: SegmentBytes[] = [];
  for (const rows of splitRows(documents)) {
    segments.push(...(await buildWithin(rows, options)));
    await options.pause?.();
  }
  return segments;
}

function* splitRows(documents: readonly DocumentToStore[]): Generator<Row[], void, undefined> {
  let rows: Row[] = [];
  let size = { textBytes: 0, documentBytes: 0 };
  for (const { document: raw, passages, terms } of documents) {
    if (passages.length !== terms.length) throw new AppError('invalid-input', 'a passage has no terms');
    const document = shorten(raw);
    const documentBytes = JSON.stringify(document).length;
    for (const [i, passage] of passages.entries()) {
      const row = { document, ordinal: passage.ordinal, line: encodePassage(passage), terms: terms[i]! };
      const textBytes = utf8Bytes(row.line);
      if (rows.length > 0 && isFull(rows.length, size.textBytes + textBytes, size.documentBytes)) {
        yield rows;
        rows = [];
        size = { textBytes: 0, documentBytes: 0 };
      }
      size.textBytes += textBytes;
      if (rows.at(-1)?.document !== document) size.documentBytes += documentBytes;
      rows.push(row);
    }
  }
  if (rows.length > 0) yield rows;
}

function isFull(rows: number, textBytes: number, documentBytes: number): boolean {
  return rows >= segmentTargets.rows || textBytes > segmentTargets.textBytes || documentBytes > segmentTargets.documentBytes;
}

/** One segment, or several where the parts of one would be over the limit. */
async function buildWithin(rows: readonly Row[], options: BuildOptions): Promise<SegmentBytes[]> {
  const writer = new TxtWriter();
  for (const row of rows) {
    if (writer.addLine(row.line)) await options.pause?.();
  }
  const txt = writer.finish();
  await options.pause?.();
  const kw = encodeKwPart(rows.map((row) => row.terms));
  if (txt.bytes.length + kw.length <= segmentLimits.bytes) {
    return [await sealSegment({ documents: groupRows(rows), txt, kw, analyzer: options.analyzer })];
  }
  if (rows.length === 1) throw new AppError('invalid-input', 'a passage is too large to store');
  const half = rows.length >> 1;
  return [...(await buildWithin(rows.slice(0, half), options)), ...(await buildWithin(rows.slice(half), options))];
}

/** Names finished parts: computes their hashes, the manifest and its id. Errors: `invalid-input` (a manifest over the limit). */
export async function sealSegment(parts: {
  documents: DocumentRows[];
  txt: TxtPart;
  kw: Uint8Array;
  analyzer: string;
}): Promise<SegmentBytes> {
  const { documents, txt, kw, analyzer } = parts;
  const [txtHash, kwHash] = await Promise.all([sha256(txt.bytes), sha256(kw)]);
  const manifest: SegmentManifest = {
    format: 1,
    rows: documents.reduce((sum, run) => sum + run.rows, 0),
    documents,
    txt: { sha256: txtHash, bytes: txt.bytes.length, members: txt.members },
    kw: { sha256: kwHash, bytes: kw.length, analyzer },
  };
  if (JSON.stringify(manifest).length > segmentLimits.manifestBytes) {
    throw new AppError('invalid-input', 'the description of the documents is too large');
  }
  return { id: await segmentId(manifest), manifest, txt: txt.bytes, kw };
}

function groupRows(rows: readonly Row[]): DocumentRows[] {
  const groups: DocumentRows[] = [];
  for (const [row, { document, ordinal }] of rows.entries()) {
    const last = groups.at(-1);
    if (last?.document === document && ordinal === last.firstOrdinal + last.rows) last.rows++;
    else groups.push({ document, firstRow: row, rows: 1, firstOrdinal: ordinal });
  }
  return groups;
}

function shorten(document: DocumentInfo): DocumentInfo {
  const short = { ...document, title: document.title.slice(0, longestText) };
  if (document.path !== undefined) short.path = document.path.slice(0, longestText);
  return short;
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair adds one to its unit, which makes the four bytes of the pair.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
