import type { Embedder } from '#core/embed/embedder.ts';
import { countVectors, hasAllVectors, withoutOtherProfiles } from '#core/engine/head-edits.ts';
import type { CorpusId, ProfileId, SegmentId } from '#core/ids.ts';
import { profileId } from '#core/segment/profile.ts';
import { encodeVecPart } from '#core/segment/vec-part.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import type { Settings } from '../library/settings.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import { WakeSignal } from '../wake-signal.ts';
import { commitVectors } from './commit-vectors.ts';
import { embedRows } from './embed-rows.ts';
import type { EmbeddingCache } from './embedding-cache.ts';
import { planRound, type EmbedRound } from './plan-round.ts';

/** Passages with a vector of the chosen neural profile, those embedded but not committed included, of all. */
export type NeuralProgress = { profile: ProfileId; done: number; total: number };

export type NeuralLoopDeps = {
  store: CorpusStore;
  editor: HeadEditor;
  /** The profile that every segment gets first. */
  firstProfile: ProfileId;
  openCache: (profile: ProfileId) => EmbeddingCache;
  settings: Settings;
  /** Resolves when nothing is under way that a person waits for. */
  whenFree?: (signal: AbortSignal) => Promise<void>;
  now: () => number;
  /** Called after vectors were committed, and with nothing when all is done after some work. */
  onRound: (corpus: CorpusId | undefined) => Promise<void>;
  onProgress: (progress: NeuralProgress | undefined) => void;
  /** What halts all work, as a full disk does. */
  onTrouble: (thrown: unknown) => void;
  /** A model that failed; it is asked again after a while, or when another is set. */
  onModelTrouble?: (thrown: unknown) => void;
};

type Target = { embedder: Embedder; profile: ProfileId; cache: EmbeddingCache };

/** Rows of small segments whose vectors are committed together: few, since a merge meanwhile makes them anew. */
const roundRows = 128;
/** A batch, which is all that a crash can cost, should take about this long. */
const batchMs = 500;
const batchRows = { fewest: 8, most: 64 };
const progressEveryMs = 250;
const retry = { firstMs: 1000, mostMs: 60_000 };

/**
 * Gives vectors of a chosen neural model to every segment that has those of the bundled one, beside the work of reading and
 * for as long as this engine leads. What is left to do is read off the heads. When a corpus has all of them, vectors of
 * profiles chosen before are dropped from it.
 */
export class NeuralLoop {
  readonly #deps: NeuralLoopDeps;
  readonly #bell = new WakeSignal();
  #abort = new AbortController();
  #target: Target | undefined;
  #wishes = 0;
  #isReleased = false;
  #hasWorked = false;
  #rowsPerMs: number | undefined;
  #saidAt = -Infinity;
  #retryMs = 0;
  #retryAt = -Infinity;

  constructor(deps: NeuralLoopDeps) {
    this.#deps = deps;
  }

  /** The embedder that is ready, or none for now: its vectors stay. The last call counts. */
  async setEmbedder(embedder: Embedder | undefined): Promise<void> {
    const wish = ++this.#wishes;
    const profile = embedder && (await profileId(embedder.profile));
    if (wish !== this.#wishes) return;
    if (profile !== this.#target?.profile || embedder !== this.#target?.embedder) this.#abort.abort();
    this.#target = embedder && profile && { embedder, profile, cache: this.#deps.openCache(profile) };
    this.#isReleased = false;
    this.#retryMs = 0;
    this.#retryAt = -Infinity;
    this.#rowsPerMs = undefined;
    this.wake();
  }

  /** No neural model is wanted any more: all but the first profile's vectors are dropped. */
  async release(): Promise<void> {
    await this.setEmbedder(undefined);
    this.#isReleased = true;
    this.wake();
  }

  wake(): void {
    this.#bell.ring();
  }

  /** Ends what is being embedded; what to do next is read off the settings and the heads. */
  interrupt(): void {
    this.#abort.abort();
  }

  async run(): Promise<never> {
    for (;;) {
      const target = this.#target;
      const isPaused = await this.#deps.settings.isPaused();
      const heads = await this.#deps.store.readHeads();
      const round = target === undefined || isPaused ? undefined : planRound(heads, { profile: target.profile, after: this.#deps.firstProfile, maxRows: roundRows });
      if (target !== undefined && round !== undefined) {
        const delayMs = this.#retryAt - this.#deps.now();
        await (delayMs > 0 ? this.#bell.wait(delayMs) : this.#runRound(target, round));
        continue;
      }
      this.#report(target && { profile: target.profile, ...countVectors(heads, target.profile) });
      if (!isPaused) await this.#orHalt(() => this.#finish());
      await this.#bell.wait();
    }
  }

  async #runRound(target: Target, { head, refs }: EmbedRound): Promise<void> {
    if (this.#target !== target) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const parts = new Map<SegmentId, Uint8Array<ArrayBuffer>>();
    const counts = countVectors(await this.#deps.store.readHeads(), target.profile);
    this.#report({ profile: target.profile, ...counts });
    const isEmbedded = await this.#orRetry(async () => {
      let before = counts.done;
      for (const ref of refs) {
        const vectors = await this.#embed(target, ref, signal, (rows) => this.#reportSoon({ profile: target.profile, ...counts, done: Math.min(counts.total, before + rows) }));
        parts.set(ref.id, encodeVecPart(vectors, target.embedder.profile.dims, target.profile));
        before += ref.rows;
      }
    });
    if (!isEmbedded) return;
    await this.#orHalt(async () => {
      await commitVectors(this.#deps.editor, head.corpus, target.profile, parts);
      this.#hasWorked = true;
      await this.#deps.onRound(head.corpus);
    });
  }

  async #embed({ embedder, cache }: Target, ref: { id: SegmentId; rows: number }, signal: AbortSignal, onRows: (rows: number) => void): Promise<Float32Array> {
    const { store, whenFree, now } = this.#deps;
    let begunAt = now();
    return embedRows({ store, embedder, cache }, ref, {
      signal,
      batchRows: Math.round(Math.min(batchRows.most, Math.max(batchRows.fewest, (this.#rowsPerMs ?? 0) * batchMs))),
      beforeBatch: async () => {
        await whenFree?.(signal);
        begunAt = now();
      },
      onProgress: (rows, batch) => {
        this.#rowsPerMs = batch.length / Math.max(1, now() - begunAt);
        onRows(rows);
      },
    });
  }

  /** False where the work was ended or the model failed; it is tried again after a growing delay, or when something changes. */
  async #orRetry(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#retryMs = 0;
      return true;
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code === 'aborted' && this.#abort.signal.aborted) return false;
      if (error.code === 'quota-exceeded') await this.#halt(error);
      // A segment that was merged or removed meanwhile is no trouble; the delay keeps a damaged corpus from a busy loop.
      else if (error.code !== 'not-found') this.#deps.onModelTrouble?.(error);
      this.#retryMs = Math.min(retry.mostMs, Math.max(retry.firstMs, this.#retryMs * 2));
      this.#retryAt = this.#deps.now() + this.#retryMs;
      return false;
    }
  }

  /** Drops what is not wanted, and says that all is done. */
  async #finish(): Promise<void> {
    const { store, editor, onRound } = this.#deps;
    const target = this.#target;
    if (target !== undefined || this.#isReleased) {
      for (const { corpus } of await store.readHeads()) {
        await editor.edit(corpus, (head) => {
          const next = this.#target === target ? this.#withoutUnwanted(head, target) : undefined;
          if (next !== undefined) this.#hasWorked = true;
          return next && { head: next };
        });
      }
    }
    if (!this.#hasWorked) return;
    this.#hasWorked = false;
    await onRound(undefined);
  }

  #withoutUnwanted(head: Parameters<typeof hasAllVectors>[0], target: Target | undefined): ReturnType<typeof withoutOtherProfiles> {
    const { firstProfile } = this.#deps;
    if (!hasAllVectors(head, target?.profile ?? firstProfile)) return undefined;
    return withoutOtherProfiles(head, new Set(target === undefined ? [firstProfile] : [firstProfile, target.profile]));
  }

  async #orHalt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code !== 'aborted' && error.code !== 'not-found') await this.#halt(error);
    }
  }

  /** Work that fails, on a full disk say, would fail again at once: it waits until the person resumes. */
  async #halt(error: unknown): Promise<void> {
    await this.#deps.settings.halt();
    this.#deps.onTrouble(error);
  }

  #report(progress: NeuralProgress | undefined): void {
    this.#saidAt = this.#deps.now();
    this.#deps.onProgress(progress);
  }

  #reportSoon(progress: NeuralProgress): void {
    if (this.#deps.now() - this.#saidAt >= progressEveryMs) this.#report(progress);
  }
}
