import { withDocumentReplaced, withoutDocuments } from '#core/engine/head-edits.ts';
import type { ReadDocument } from '#core/engine/read-document.ts';
import type { CorpusId } from '#core/ids.ts';
import type { SegmentRef } from '#core/segment/segment-manifest.ts';
import type { Settings } from '../library/settings.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import type { SourceRecord } from '../store/source-record.ts';

export type CommitDocumentsDeps = { database: AlcoveDatabase; editor: HeadEditor; settings: Settings };

/**
 * Makes documents searchable, all of a collection in one commit, and their sources `read`. Each replaces whatever its
 * corpus held of it. Sources that were cancelled, removed or moved meanwhile are left out, or taken back where that
 * happened during the commit. Errors: those of the store; nothing is committed then, or it can be committed again.
 */
export async function commitDocuments(deps: CommitDocumentsDeps, documents: readonly ReadDocument[]): Promise<void> {
  const records = await deps.database.sources.bulkGet(documents.map(({ info }) => info.id));
  const byCorpus = new Map<CorpusId, ReadDocument[]>();
  for (const [i, record] of records.entries()) {
    if (record?.state !== 'reading') continue;
    byCorpus.set(record.collection, [...(byCorpus.get(record.collection) ?? []), documents[i]!]);
  }
  for (const [corpus, group] of byCorpus) await commitTo(deps, corpus, group);
}

async function commitTo({ database, editor, settings }: CommitDocumentsDeps, corpus: CorpusId, documents: readonly ReadDocument[]): Promise<void> {
  await editor.edit(corpus, (before, manifests) => {
    const present = new Set(before.segments.map((ref) => ref.id));
    const segments = documents.flatMap((document) => document.segments);
    let head = before;
    for (const { info, segments: own } of documents) {
      const refs = own.map((segment): SegmentRef => ({ id: segment.id, rows: segment.manifest.rows, vec: {} }));
      head = { ...withDocumentReplaced(head, manifests, info.id, refs), seq: before.seq + 1 };
    }
    return { head, segments: segments.filter((segment) => !present.has(segment.id)) };
  });
  const keepsOriginals = await settings.keepsOriginals();
  const unwanted = await database.transaction('rw', database.sources, database.originals, async () => {
    const records = await database.sources.bulkGet(documents.map(({ info }) => info.id));
    const isWanted = (record: SourceRecord | undefined): record is SourceRecord => record?.state === 'reading' && record.collection === corpus;
    const read = records.flatMap((record, i) => (isWanted(record) ? [toRead(record, documents[i]!, keepsOriginals)] : []));
    await database.sources.bulkPut(read);
    if (!keepsOriginals) await database.originals.bulkDelete(read.map((record) => record.id));
    return documents.filter((_, i) => !isWanted(records[i])).map(({ info }) => info.id);
  });
  if (unwanted.length === 0) return;
  await editor.edit(corpus, (head, manifests) => ({ head: withoutDocuments(head, manifests, new Set(unwanted)) }));
}

function toRead(record: SourceRecord, { info }: ReadDocument, keepsOriginals: boolean): SourceRecord {
  const { error: _, coverage: __, ...rest } = record;
  return {
    ...rest,
    state: 'read',
    attempts: 0,
    type: info.type,
    title: record.titleIsGiven ? record.title : info.title,
    hasOriginal: record.hasOriginal && keepsOriginals,
    ...(info.coverage !== undefined && { coverage: info.coverage }),
  };
}
