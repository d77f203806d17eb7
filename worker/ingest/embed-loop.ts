import type { Embedder } from '#core/embed/embedder.ts';
import type { Passage } from '#core/document/passage.ts';
import { withVectors } from '#core/engine/head-edits.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { CorpusId, DocumentId, ProfileId, SegmentId } from '#core/ids.ts';
import type { PartRef, SegmentRef } from '#core/segment/segment-manifest.ts';
import { sha256 } from '#core/segment/sha256.ts';
import { encodeVecPart } from '#core/segment/vec-part.ts';
import type { CorpusHead, CorpusStore, NewVecPart } from '#core/store/corpus-store.ts';
import type { Library } from '../library/library.ts';
import type { Settings } from '../library/settings.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import { WakeSignal } from '../wake-signal.ts';
import { embedRows } from './embed-rows.ts';
import type { EmbeddingCache } from './embedding-cache.ts';

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

type Round = { head: CorpusHead; refs: SegmentRef[] };

/**
 * Gives vectors to every segment that has none of the active profile, for as long as this engine leads. What is left to
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
      const round = isPaused ? undefined : await this.#next();
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

  async #next(): Promise<Round | undefined> {
    const { store, profile } = this.#deps;
    for (const head of await store.readHeads()) {
      const refs: SegmentRef[] = [];
      let rows = 0;
      for (const ref of head.segments) {
        if (ref.vec[profile] !== undefined || (rows > 0 && rows + ref.rows > roundRows)) continue;
        refs.push(ref);
        rows += ref.rows;
      }
      if (refs.length > 0) return { head, refs };
    }
    return undefined;
  }

  async #runRound({ head, refs }: Round): Promise<void> {
    const { editor, library, onRound } = this.#deps;
    this.#abort = new AbortController();
    const documents = new Set<DocumentId>();
    await this.#orHalt(async () => {
      const manifests = await editor.manifestsOf(head);
      for (const ref of refs) for (const { document } of manifests.get(ref.id)?.documents ?? []) documents.add(document.id);
      const parts = await this.#embed(refs);
      await this.#commit(head.corpus, parts);
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

  async #commit(corpus: CorpusId, parts: ReadonlyMap<SegmentId, Uint8Array<ArrayBuffer>>): Promise<void> {
    const { editor, profile } = this.#deps;
    const refs = new Map<SegmentId, PartRef>();
    for (const [id, bytes] of parts) refs.set(id, { sha256: await sha256(bytes), bytes: bytes.length });
    await editor.edit(corpus, (head) => {
      const present = head.segments.filter((ref) => refs.has(ref.id) && ref.vec[profile] === undefined).map((ref) => ref.id);
      if (present.length === 0) return undefined;
      const vec = present.map((segment): NewVecPart => ({ segment, profile, bytes: parts.get(segment)! }));
      return { head: withVectors(head, profile, new Map(present.map((id) => [id, refs.get(id)!]))), vec };
    });
  }
}
