import type { Embedder } from '#core/embed/embedder.ts';
import type { Passage } from '#core/document/passage.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { CorpusId, DocumentId, ProfileId, SegmentId } from '#core/ids.ts';
import type { SegmentRef } from '#core/segment/segment-manifest.ts';
import { encodeVecPart } from '#core/segment/vec-part.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import type { Library } from '../library/library.ts';
import type { Settings } from '../library/settings.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import { WakeSignal } from '../wake-signal.ts';
import { commitVectors } from './commit-vectors.ts';
import { embedRows } from './embed-rows.ts';
import type { EmbeddingCache } from './embedding-cache.ts';
import { planRound, type EmbedRound } from './plan-round.ts';

/** Rows of small segments whose vectors are committed together. */
const roundRows = 512;
const progressEveryMs = 200;

export type EmbedLoopDeps = {
  store: CorpusStore;
  editor: HeadEditor;
  embedder: Embedder;
  profile: ProfileId;
  cache: EmbeddingCache;
  library: Library;
  settings: Settings;
  now: () => number;
  /** Called after vectors were committed and when there is nothing more to embed. */
  onRound: (corpus: CorpusId | undefined) => Promise<void>;
  onTrouble: (thrown: unknown) => void;
};

/**
 * Gives vectors to every segment that has none of the bundled profile, for as long as this engine leads. What is left to
 * do is read off the heads, so nothing needs to be remembered across a restart.
 */
export class EmbedLoop {
  readonly #deps: EmbedLoopDeps;
  readonly #bell = new WakeSignal();
  #abort = new AbortController();
  #saidAt = 0;
  /** Rounds in a row that found a segment gone; more than a few are no race but a damaged corpus. */
  #missesInARow = 0;

  constructor(deps: EmbedLoopDeps) {
    this.#deps = deps;
  }

  wake(): void {
    this.#bell.ring();
  }

  interrupt(): void {
    this.#abort.abort();
  }

  async run(): Promise<never> {
    for (;;) {
      const isPaused = await this.#deps.settings.isPaused();
      const round = isPaused ? undefined : planRound(await this.#deps.store.readHeads(), { profile: this.#deps.profile, maxRows: roundRows });
      if (round !== undefined) await this.#runRound(round);
      else {
        if (!isPaused) await this.#orHalt(() => this.#deps.onRound(undefined));
        await this.#bell.wait();
      }
    }
  }

  /** Work that fails, on a full disk say, would fail again at once: it waits until the person resumes. */
  async #orHalt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code === 'not-found') this.#missesInARow += 1;
      // A pause, or a segment that was merged or removed meanwhile: what is left to do is looked up anew.
      const isExpected = error.code === 'aborted' || (error.code === 'not-found' && this.#missesInARow < 5);
      if (isExpected) return;
      await this.#deps.settings.halt();
      this.#deps.onTrouble(error);
    }
  }

  async #runRound({ head, refs }: EmbedRound): Promise<void> {
    const { editor, library, onRound } = this.#deps;
    this.#abort = new AbortController();
    const documents = new Set<DocumentId>();
    await this.#orHalt(async () => {
      const manifests = await editor.manifestsOf(head);
      for (const ref of refs) for (const { document } of manifests.get(ref.id)?.documents ?? []) documents.add(document.id);
      const parts = await this.#embed(refs);
      await commitVectors(editor, head.corpus, this.#deps.profile, parts);
      this.#missesInARow = 0;
      await onRound(head.corpus);
    });
    for (const id of documents) library.reportEmbedded(id, undefined);
    await library.announce(documents);
  }

  async #embed(refs: readonly SegmentRef[]): Promise<Map<SegmentId, Uint8Array<ArrayBuffer>>> {
    const { embedder, profile, library } = this.#deps;
    const parts = new Map<SegmentId, Uint8Array<ArrayBuffer>>();
    const embedded = new Map<DocumentId, number>();
    const onProgress = (_rows: number, batch: readonly Passage[]): void => {
      for (const { document } of batch) embedded.set(document, (embedded.get(document) ?? 0) + 1);
      for (const [id, passages] of embedded) library.reportEmbedded(id, passages);
      if (this.#deps.now() - this.#saidAt < progressEveryMs) return;
      this.#saidAt = this.#deps.now();
      library.announce(embedded.keys()).catch(this.#deps.onTrouble);
    };
    for (const ref of refs) {
      const vectors = await embedRows(this.#deps, ref, { signal: this.#abort.signal, onProgress });
      parts.set(ref.id, encodeVecPart(vectors, embedder.profile.dims, profile));
    }
    return parts;
  }
}
