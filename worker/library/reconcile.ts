import { countPassages, segmentsHolding, withoutDeadSegments, withoutDocuments, type Manifests } from '#core/engine/head-edits.ts';
import type { DocumentId, ProfileId } from '#core/ids.ts';
import type { CorpusHead, CorpusStore } from '#core/store/corpus-store.ts';
import { deleteSourcesOf } from '../collections/collections.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';

export type ReconcileDeps = { database: AlcoveDatabase; store: CorpusStore; editor: HeadEditor; profile: ProfileId };

/**
 * Ends what a crash left half done between the corpora and the library, of which the library is right: a source lives in
 * its collection only (a move cut off); a source said to be read whose passages are not there is read again; a collection
 * whose corpus is gone goes too. Run by the leading engine before it works. Doing it twice changes nothing.
 */
export async function reconcile(deps: ReconcileDeps): Promise<void> {
  const { database, store } = deps;
  const heads = await store.readHeads();
  const corpora = new Set(heads.map((head) => head.corpus));
  const collections = new Set([...(await database.sources.orderBy('collection').uniqueKeys())] as string[]);
  for (const { id } of await database.collections.toArray()) collections.add(id);
  for (const id of collections) if (!corpora.has(id as CorpusHead['corpus'])) await deleteSourcesOf(database, id as CorpusHead['corpus']);
  for (const head of heads) await reconcileCorpus(deps, head);
}

async function reconcileCorpus({ database, editor, profile }: ReconcileDeps, head: CorpusHead): Promise<void> {
  const records = new Map((await database.sources.toArray()).map((record) => [record.id, record]));
  const isElsewhere = (id: DocumentId): boolean => {
    const record = records.get(id);
    return record === undefined || record.collection !== head.corpus || record.state === 'cancelled';
  };
  await editor.edit(head.corpus, (current, manifests) => {
    const strays = new Set([...liveDocuments(current, manifests, profile)].filter(isElsewhere));
    if (segmentsHolding(current, manifests, strays).length === 0) return undefined;
    return { head: withoutDeadSegments(withoutDocuments(current, manifests, strays)) };
  });
  const live = liveDocuments(head, await editor.manifestsOf(head), profile);
  for (const record of records.values()) {
    const isLost = record.collection === head.corpus && record.state === 'read' && record.removedAt === undefined && !live.has(record.id);
    if (isLost) await database.sources.update(record.id, { state: record.hasOriginal ? 'queued' : 'failed' });
  }
}

function liveDocuments(head: CorpusHead, manifests: Manifests, profile: ProfileId): Set<DocumentId> {
  return new Set(countPassages(head, manifests, profile).keys());
}
