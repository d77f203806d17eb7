import { segmentsHolding, withDocumentsRestored, withoutDeadSegments, withoutDocuments } from '#core/engine/head-edits.ts';
import type { CorpusId, DocumentId, SegmentId } from '#core/ids.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import type { SourceRecord } from '../store/source-record.ts';

export type RemoveSourcesDeps = {
  database: AlcoveDatabase;
  editor: HeadEditor;
  /** Name of this engine: only it can undo its removals. */
  engine: string;
  now: () => number;
};

/** Removal in three steps: `remove` hides at once, `undo` brings back, `purge` deletes for good. */
export type Removal = {
  remove: (ids: readonly DocumentId[]) => Promise<void>;
  /** What was waiting or being read when it was removed waits again. */
  undo: (ids: readonly DocumentId[]) => Promise<void>;
  /** Deletes what was removed by these engines, or by any that `isGone`. Gives the number of sources deleted. */
  purge: (isGone: (engine: string) => boolean) => Promise<number>;
};

export function createRemoval({ database, editor, engine, now }: RemoveSourcesDeps): Removal {
  /** Where the removed documents lived; a merge leaves these segments alone while the removal can be undone. */
  const holding = new Map<DocumentId, ReadonlySet<SegmentId>>();

  const hide = async (corpus: CorpusId, ids: readonly DocumentId[]): Promise<void> =>
    editor.edit(corpus, (head, manifests) => {
      for (const id of ids) {
        const before = holding.get(id) ?? [];
        holding.set(id, new Set([...before, ...segmentsHolding(head, manifests, new Set([id]))]));
      }
      return { head: withoutDocuments(head, manifests, new Set(ids)) };
    });

  const recordsOf = async (ids: readonly DocumentId[]): Promise<SourceRecord[]> =>
    (await database.sources.bulkGet([...ids])).filter((record) => record !== undefined);

  const purge: Removal['purge'] = async (isGone) => purgeAll((record) => isGone(record.removedBy ?? ''));

  const purgeAll = async (isFinal: (record: SourceRecord) => boolean): Promise<number> => {
    const removed = await database.sources.filter((record) => record.removedAt !== undefined && isFinal(record)).toArray();
    for (const [corpus, ids] of byCorpus(removed)) {
      await editor.edit(corpus, (head, manifests) => ({ head: withoutDeadSegments(withoutDocuments(head, manifests, new Set(ids))) }));
      await database.transaction('rw', database.sources, database.originals, async () => {
        await database.sources.bulkDelete(ids);
        await database.originals.bulkDelete(ids);
      });
      for (const id of ids) holding.delete(id);
    }
    return removed.length;
  };

  return {
    remove: async (ids) => {
      await purgeAll((record) => record.removedBy === engine && !ids.includes(record.id));
      const removedAt = new Date(now()).toISOString();
      await database.sources.where('id').anyOf(ids).modify((record) => {
        record.removedAt = removedAt;
        record.removedBy = engine;
        if (record.state !== 'queued' && record.state !== 'reading') return;
        record.state = 'cancelled';
        record.wasUnread = true;
      });
      for (const [corpus, documents] of byCorpus(await recordsOf(ids))) await hide(corpus, documents);
    },
    undo: async (ids) => {
      const records = (await recordsOf(ids)).filter((record) => record.removedAt !== undefined);
      const unread: DocumentId[] = [];
      for (const [corpus, documents] of byCorpus(records)) {
        await editor.edit(corpus, (head, manifests) => ({
          head: withDocumentsRestored(head, manifests, new Set(documents), new Set(documents.flatMap((id) => [...(holding.get(id) ?? [])]))),
        }));
      }
      for (const record of records) if (record.state === 'read' && (holding.get(record.id)?.size ?? 0) === 0) unread.push(record.id);
      await database.sources.where('id').anyOf(ids).modify((record) => {
        delete record.removedAt;
        delete record.removedBy;
        if (record.wasUnread === true || unread.includes(record.id)) record.state = 'queued';
        delete record.wasUnread;
      });
      for (const id of ids) holding.delete(id);
    },
    purge,
  };
}

function byCorpus(records: readonly SourceRecord[]): Map<CorpusId, DocumentId[]> {
  const groups = new Map<CorpusId, DocumentId[]>();
  for (const { collection, id } of records) groups.set(collection, [...(groups.get(collection) ?? []), id]);
  return groups;
}
