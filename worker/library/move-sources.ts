import { segmentsHolding, withoutDeadSegments, withoutDocuments, type Manifests } from '#core/engine/head-edits.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { mergeSegments, type MergedSegment } from '#core/segment/merge-segments.ts';
import type { SegmentManifest, SegmentRef } from '#core/segment/segment-manifest.ts';
import { withDeleted } from '#core/segment/tombstones.ts';
import type { CorpusHead, CorpusStore } from '#core/store/corpus-store.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import { readMergeInput } from '../store/read-merge-input.ts';
import { refToMerged } from '../store/ref-to-merged.ts';
import { yieldToMessages } from '../yield-to-messages.ts';

export type MoveDeps = {
  database: AlcoveDatabase;
  store: CorpusStore;
  editor: HeadEditor;
  interrupt: (ids: DocumentId[]) => void;
};

/**
 * Moves sources to another collection with their passages, terms and vectors as they are: nothing is read or embedded
 * again. The passages stand in the new corpus before the library says so and leave the old one after it; a move cut off
 * in between is ended, one way or the other, by `reconcile`. Errors: `not-found` (no such collection).
 */
export async function moveSources({ database, store, editor, interrupt }: MoveDeps, ids: readonly DocumentId[], target: CorpusId): Promise<void> {
  if ((await store.readHead(target)) === undefined) throw new AppError('not-found', 'no such collection');
  const records = (await database.sources.bulkGet([...ids])).filter((record) => record !== undefined);
  const moving = records.filter((record) => record.collection !== target);
  const unfinished = moving.filter((record) => record.state === 'reading').map((record) => record.id);
  await database.sources.where('id').anyOf(unfinished).modify({ state: 'queued' });
  if (unfinished.length > 0) interrupt(unfinished);
  for (const origin of new Set(moving.map((record) => record.collection))) {
    const documents = new Set(moving.filter((record) => record.collection === origin).map((record) => record.id));
    await copyPassages({ store, editor }, documents, origin, target);
    await database.sources.where('id').anyOf([...documents]).modify({ collection: target });
    await editor.edit(origin, (head, manifests) => ({ head: withoutDeadSegments(withoutDocuments(head, manifests, documents)) }));
  }
}

async function copyPassages({ store, editor }: Pick<MoveDeps, 'store' | 'editor'>, documents: ReadonlySet<DocumentId>, origin: CorpusId, target: CorpusId): Promise<void> {
  const head = await store.readHead(origin);
  if (head === undefined) return;
  const extracts = await extract(store, head, await editor.manifestsOf(head), documents);
  if (extracts.length === 0) return;
  const named = await Promise.all(extracts.map(refToMerged));
  const fresh = new Set(named.map(({ ref }) => ref.id));
  await editor.edit(target, (current) => ({
    head: { ...current, seq: current.seq + 1, segments: [...current.segments.filter((ref) => !fresh.has(ref.id)), ...named.map(({ ref }) => ref)] },
    segments: extracts.map(({ segment }) => segment),
    vec: named.flatMap(({ vec }) => vec),
  }));
}

/** A segment of the documents' rows alone for every segment that holds any. */
async function extract(store: CorpusStore, head: CorpusHead, manifests: Manifests, documents: ReadonlySet<DocumentId>): Promise<MergedSegment[]> {
  const holding = new Set(segmentsHolding(head, manifests, documents));
  const extracts: MergedSegment[] = [];
  for (const ref of head.segments) {
    if (!holding.has(ref.id)) continue;
    const manifest = manifests.get(ref.id)!;
    const merged = await mergeSegments([await readMergeInput(store, ref, manifest, allBut(ref, manifest, documents))], yieldToMessages);
    if (merged !== undefined) extracts.push(merged);
  }
  return extracts;
}

function allBut(ref: SegmentRef, manifest: SegmentManifest, documents: ReadonlySet<DocumentId>) {
  const others = manifest.documents.filter((rows) => !documents.has(rows.document.id));
  return withDeleted(ref.tombstones, ref.rows, others.flatMap(({ firstRow, rows }) => Array.from({ length: rows }, (_, i) => firstRow + i)));
}
