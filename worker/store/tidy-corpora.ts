import type { Manifests } from '#core/engine/head-edits.ts';
import type { CorpusId, DocumentId, ProfileId, SegmentId } from '#core/ids.ts';
import { mergeSegments } from '#core/segment/merge-segments.ts';
import { planMerge, toMergeCandidate } from '#core/segment/plan-merge.ts';
import type { SegmentRef } from '#core/segment/segment-manifest.ts';
import type { CorpusHead, CorpusStore } from '#core/store/corpus-store.ts';
import { yieldToMessages } from '../yield-to-messages.ts';
import type { AlcoveDatabase } from './database.ts';
import type { HeadEditor } from './head-editor.ts';
import { readMergeInput } from './read-merge-input.ts';
import { refToMerged } from './ref-to-merged.ts';

export type TidyingDeps = {
  database: AlcoveDatabase;
  store: CorpusStore;
  editor: HeadEditor;
  profile: ProfileId;
  /** Readers of an old head get this long before its parts are deleted. */
  graceMs: number;
  onTrouble: (thrown: unknown) => void;
};

/** Keeps corpora small in the background; only the leading engine does this. */
export type Tidying = {
  /** Merges small and half-dead segments of a corpus, or of all, one merge at a time. Searches see no difference. */
  tidy: (corpus: CorpusId | undefined) => Promise<void>;
  /** Deletes what no head names, after the grace. */
  scheduleGarbage: () => void;
};

/** Merges of one corpus in one go; what is left is done the next time. */
const maxMerges = 8;

export function createTidying(deps: TidyingDeps): Tidying {
  const { database, store, editor } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const scheduleGarbage = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      store.collectGarbage().catch(deps.onTrouble);
    }, deps.graceMs);
  };

  const mergeOnce = async (corpus: CorpusId): Promise<boolean> => {
    const head = await store.readHead(corpus);
    if (head === undefined) return false;
    const manifests = await editor.manifestsOf(head);
    const undoable = await database.sources.filter((record) => record.removedAt !== undefined).primaryKeys();
    const plan = planMerge(candidatesOf(head, manifests, { profile: deps.profile, undoable: new Set(undoable) }));
    if (plan === undefined) return false;
    return replaceMerged(deps, head, manifests, plan);
  };

  const tidyOne = async (corpus: CorpusId): Promise<void> => {
    for (let merges = 0; merges < maxMerges && (await mergeOnce(corpus)); merges++) {
      scheduleGarbage();
      await yieldToMessages();
    }
  };

  return {
    tidy: async (corpus) => {
      const corpora = corpus === undefined ? (await store.readHeads()).map((head) => head.corpus) : [corpus];
      for (const each of corpora) await tidyOne(each);
      if (corpus === undefined) scheduleGarbage();
    },
    scheduleGarbage,
  };
}

/**
 * What may be merged: segments whose vectors are finished, since merging others would throw away vectors being made; and
 * none that holds a document whose removal can still be undone.
 */
function candidatesOf(head: CorpusHead, manifests: Manifests, { profile, undoable }: { profile: ProfileId; undoable: ReadonlySet<DocumentId> }) {
  return head.segments
    .filter((ref) => ref.vec[profile] !== undefined)
    .filter((ref) => manifests.get(ref.id)!.documents.every((rows) => !undoable.has(rows.document.id)))
    .map((ref) => toMergeCandidate(ref, manifests.get(ref.id)!));
}

async function replaceMerged({ store, editor }: TidyingDeps, head: CorpusHead, manifests: Manifests, plan: readonly SegmentId[]): Promise<boolean> {
  const refs = plan.map((id) => head.segments.find((ref) => ref.id === id)!);
  const inputs = [];
  for (const ref of refs) inputs.push(await readMergeInput(store, ref, manifests.get(ref.id)!));
  const merged = await mergeSegments(inputs, yieldToMessages);
  const named = merged === undefined ? undefined : await refToMerged(merged);
  let isReplaced = false;
  await editor.edit(head.corpus, (current) => {
    isReplaced = refs.every((ref) => isUnchanged(ref, current));
    if (!isReplaced) return undefined;
    const replaced = new Set(plan);
    const segments = current.segments.filter((ref) => !replaced.has(ref.id) && ref.id !== named?.ref.id);
    const next: CorpusHead = { ...current, seq: current.seq + 1, segments: named === undefined ? segments : [...segments, named.ref] };
    return merged === undefined ? { head: next } : { head: next, segments: [merged.segment], vec: named!.vec };
  });
  return isReplaced;
}

/** False where rows of the segment died, it went away or got or lost vectors while it was being merged. */
function isUnchanged(ref: SegmentRef, current: CorpusHead): boolean {
  const now = current.segments.find((each) => each.id === ref.id);
  if (now === undefined || String(now.tombstones ?? '') !== String(ref.tombstones ?? '')) return false;
  return String(profilesOf(now)) === String(profilesOf(ref));
}

function profilesOf({ vec }: SegmentRef): string[] {
  return Object.entries(vec).flatMap(([profile, part]) => (part === undefined ? [] : [`${profile} ${part.sha256}`])).sort();
}

