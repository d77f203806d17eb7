import type { Manifests } from '#core/engine/head-edits.ts';
import { AppError, toAppError } from '#core/errors/app-error.ts';
import type { CorpusId, SegmentId } from '#core/ids.ts';
import type { SegmentManifest } from '#core/segment/segment-manifest.ts';
import type { Commit, CorpusHead, CorpusStore } from '#core/store/corpus-store.ts';

const maxAttempts = 12;

/**
 * The one way this engine changes a corpus. An edit is a function of the current head, so that it can be made again on
 * top of what another tab committed meanwhile; it gives `undefined` where there is nothing to change. Edits of one corpus
 * run one after the other. Errors: `not-found` (no such corpus), what the store gives, and what the edit throws.
 */
export type HeadEditor = {
  edit: (corpus: CorpusId, change: (head: CorpusHead, manifests: Manifests) => Commit | undefined | Promise<Commit | undefined>) => Promise<void>;
  manifestsOf: (head: CorpusHead) => Promise<Manifests>;
};

export function createHeadEditor(store: CorpusStore, onCommitted: (head: CorpusHead) => void): HeadEditor {
  const manifests = new Map<SegmentId, SegmentManifest>();
  const queues = new Map<CorpusId, Promise<void>>();

  const manifestsOf: HeadEditor['manifestsOf'] = async (head) => {
    const wanted = new Map<SegmentId, SegmentManifest>();
    for (const { id } of head.segments) {
      const manifest = manifests.get(id) ?? (await store.readManifest(id));
      manifests.set(id, manifest);
      wanted.set(id, manifest);
    }
    return wanted;
  };

  /** Forgets manifests that no head seen since refers to; they are small, so only a large surplus matters. */
  const trim = (head: CorpusHead): void => {
    if (manifests.size < 4096) return;
    manifests.clear();
    void manifestsOf(head).catch(() => undefined);
  };

  const tryEdit = async (corpus: CorpusId, change: Parameters<HeadEditor['edit']>[1]): Promise<boolean> => {
    const head = await store.readHead(corpus);
    if (head === undefined) throw new AppError('not-found', `no corpus ${corpus}`);
    const commit = await change(head, await manifestsOf(head));
    if (commit === undefined) return true;
    try {
      await store.commit(commit);
    } catch (thrown) {
      if (toAppError(thrown).code === 'conflict') return false;
      throw thrown;
    }
    trim(commit.head);
    onCommitted(commit.head);
    return true;
  };

  const editNow = async (corpus: CorpusId, change: Parameters<HeadEditor['edit']>[1]): Promise<void> => {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      if (await tryEdit(corpus, change)) return;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
    }
    throw new AppError('conflict', `the corpus ${corpus} kept changing`);
  };

  const edit: HeadEditor['edit'] = (corpus, change) => {
    const before = queues.get(corpus) ?? Promise.resolve();
    const mine = before.then(() => editNow(corpus, change));
    queues.set(corpus, mine.catch(() => undefined));
    return mine;
  };

  return { edit, manifestsOf };
}
