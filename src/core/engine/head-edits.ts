import type { CorpusHead } from '../store/corpus-store.ts';
import type { DocumentId, ProfileId, SegmentId } from '../ids.ts';
import { countDeleted, isDeleted, withDeleted, withRestored } from '../segment/tombstones.ts';
import type { PartRef, SegmentManifest, SegmentRef } from '../segment/segment-manifest.ts';

/** The manifests of a head's segments, at least. */
export type Manifests = ReadonlyMap<SegmentId, SegmentManifest>;

type RowRange = { firstRow: number; rows: number };

function rangesOf(manifest: SegmentManifest | undefined, documents: ReadonlySet<DocumentId>): RowRange[] {
  return manifest?.documents.filter((entry) => documents.has(entry.document.id)) ?? [];
}

function* rowsOf(ranges: readonly RowRange[]): Generator<number> {
  for (const { firstRow, rows } of ranges) for (let row = firstRow; row < firstRow + rows; row++) yield row;
}

/** A copy of the reference with these rows dead or alive. */
function markRows(ref: SegmentRef, ranges: readonly RowRange[], dead: boolean): SegmentRef {
  if (ranges.length === 0) return ref;
  const { tombstones: before, ...rest } = ref;
  const tombstones = dead ? withDeleted(before, ref.rows, rowsOf(ranges)) : withRestored(before, rowsOf(ranges));
  return tombstones === undefined ? rest : { ...rest, tombstones };
}

/** The next head with these segments instead. */
function next(head: CorpusHead, segments: SegmentRef[]): CorpusHead {
  return { ...head, seq: head.seq + 1, segments };
}

/** Segments of the head in which any of the documents has a live row. A document's rows in one segment live and die together. */
export function segmentsHolding(head: CorpusHead, manifests: Manifests, documents: ReadonlySet<DocumentId>): SegmentId[] {
  return head.segments
    .filter((ref) => rangesOf(manifests.get(ref.id), documents).some((range) => !isDeleted(ref.tombstones, range.firstRow)))
    .map((ref) => ref.id);
}

/** The head without the documents' passages; segments in which nothing lives are kept, so that this can be undone. */
export function withoutDocuments(head: CorpusHead, manifests: Manifests, documents: ReadonlySet<DocumentId>): CorpusHead {
  return next(head, head.segments.map((ref) => markRows(ref, rangesOf(manifests.get(ref.id), documents), true)));
}

/** Undoes `withoutDocuments` in the segments that held the documents. */
export function withDocumentsRestored(
  head: CorpusHead,
  manifests: Manifests,
  documents: ReadonlySet<DocumentId>,
  holding: ReadonlySet<SegmentId>,
): CorpusHead {
  return next(
    head,
    head.segments.map((ref) => (holding.has(ref.id) ? markRows(ref, rangesOf(manifests.get(ref.id), documents), false) : ref)),
  );
}

/**
 * The head in which a document consists of exactly these segments, whatever it held of it before: doing this twice is
 * doing it once. Segments are content-addressed, so one that is there already keeps its vectors and comes back to life.
 */
export function withDocumentReplaced(
  head: CorpusHead,
  manifests: Manifests,
  document: DocumentId,
  replacement: readonly SegmentRef[],
): CorpusHead {
  const wanted = new Map(replacement.map((ref) => [ref.id, ref]));
  const documents = new Set([document]);
  const kept = head.segments.map((ref) => {
    const ranges = rangesOf(manifests.get(ref.id), documents);
    return markRows(ref, ranges, !wanted.has(ref.id));
  });
  for (const ref of kept) wanted.delete(ref.id);
  return next(head, [...kept, ...wanted.values()]);
}

/** An edited head without segments in which no row lives; part of the same edit, so `seq` stays. */
export function withoutDeadSegments(edited: CorpusHead): CorpusHead {
  return { ...edited, segments: edited.segments.filter((ref) => countDeleted(ref.tombstones) < ref.rows) };
}

/** The head with finished `vec` parts; parts of segments that have left it are dropped. */
export function withVectors(head: CorpusHead, profile: ProfileId, parts: ReadonlyMap<SegmentId, PartRef>): CorpusHead {
  return next(
    head,
    head.segments.map((ref) => {
      const part = parts.get(ref.id);
      return part === undefined ? ref : { ...ref, vec: { ...ref.vec, [profile]: part } };
    }),
  );
}

/** The head without `vec` parts of other profiles than these; `undefined` where it has none. */
export function withoutOtherProfiles(head: CorpusHead, kept: ReadonlySet<ProfileId>): CorpusHead | undefined {
  const isKept = ([profile, part]: [string, PartRef | undefined]): boolean => part === undefined || kept.has(profile as ProfileId);
  if (head.segments.every((ref) => Object.entries(ref.vec).every(isKept))) return undefined;
  return next(
    head,
    head.segments.map((ref) => ({ ...ref, vec: Object.fromEntries(Object.entries(ref.vec).filter(isKept)) })),
  );
}

/** Whether every segment of a head has vectors of a profile. */
export function hasAllVectors(head: CorpusHead, profile: ProfileId): boolean {
  return head.segments.every((ref) => ref.vec[profile] !== undefined);
}

/** Live passages of some heads, and how many of them have a vector of the profile. */
export function countVectors(heads: readonly CorpusHead[], profile: ProfileId): { done: number; total: number } {
  const counts = { done: 0, total: 0 };
  for (const ref of heads.flatMap((head) => head.segments)) {
    const live = ref.rows - countDeleted(ref.tombstones);
    counts.total += live;
    if (ref.vec[profile] !== undefined) counts.done += live;
  }
  return counts;
}

export type DocumentCount = { passages: number; byMeaning: number };

/** Live passages of each document, and how many of them have a vector of the profile. */
export function countPassages(head: CorpusHead, manifests: Manifests, profile: ProfileId): Map<DocumentId, DocumentCount> {
  const counts = new Map<DocumentId, DocumentCount>();
  for (const ref of head.segments) {
    const hasVectors = ref.vec[profile] !== undefined;
    for (const { document, firstRow, rows } of manifests.get(ref.id)?.documents ?? []) {
      if (isDeleted(ref.tombstones, firstRow)) continue;
      const count = counts.get(document.id) ?? { passages: 0, byMeaning: 0 };
      count.passages += rows;
      count.byMeaning += hasVectors ? rows : 0;
      counts.set(document.id, count);
    }
  }
  return counts;
}
