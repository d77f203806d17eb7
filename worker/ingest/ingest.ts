import type { Embedder } from '#core/embed/embedder.ts';
import type { EngineEvent, Work } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId, ProfileId } from '#core/ids.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import type { Library } from '../library/library.ts';
import type { Settings } from '../library/settings.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import type { Reserve } from '../store/reserve.ts';
import { Throttle } from '../throttle.ts';
import type { DocumentReader } from './document-reader.ts';
import { EmbedLoop } from './embed-loop.ts';
import { createEmbeddingCache } from './embedding-cache.ts';
import { NeuralLoop, type NeuralProgress } from './neural-loop.ts';
import { ReadLoop } from './read-loop.ts';
import { supervise } from './supervise.ts';
import { WorkTracker } from './work-tracker.ts';

export type IngestDeps = {
  database: AlcoveDatabase;
  store: CorpusStore;
  editor: HeadEditor;
  reader: DocumentReader;
  embedder: Embedder;
  profile: ProfileId;
  library: Library;
  settings: Settings;
  reserve: Reserve;
  now: () => number;
  emit: (event: EngineEvent) => void;
  /** Called by the leader after vectors of a corpus were committed, and with nothing when all is done. */
  tidy: (corpus: CorpusId | undefined) => Promise<void>;
  onStorageChanged: () => void;
  onTrouble: (thrown: unknown) => void;
  /** Resolves when nothing is under way that a person waits for: embedding by a neural model waits for it. */
  whenFree?: (signal: AbortSignal) => Promise<void>;
  /** How far the vectors of the neural model are; `undefined` where none is set. */
  onNeuralProgress?: (progress: NeuralProgress | undefined) => void;
  /** A neural model failed while it embedded passages; it is asked again after a while. */
  onNeuralTrouble?: (thrown: unknown) => void;
};

const workEveryMs = 250;
const weighEveryMs = 5000;

/**
 * The work of the leading engine: reading, embedding and, where a model is set, embedding by it side by side, and the figures of its progress. In an engine that
 * does not lead, nothing runs and the calls are harmless.
 */
export class Ingest {
  readonly #deps: IngestDeps;
  readonly #readLoop: ReadLoop;
  readonly #embedLoop: EmbedLoop;
  readonly #neuralLoop: NeuralLoop;
  readonly #tracker = new WorkTracker();
  readonly #announceWork: Throttle;
  #isLeading = false;
  #weighedAt = -Infinity;
  #unreadBytes = 0;
  #tidied: Promise<void> = Promise.resolve();

  constructor(deps: IngestDeps) {
    this.#deps = deps;
    this.#announceWork = new Throttle(workEveryMs, async () => {
      if (this.#isLeading) deps.emit({ kind: 'work', work: await this.readWork() });
    }, deps.onTrouble);
    this.#readLoop = new ReadLoop({
      ...deps,
      onSettled: (records, ms) => {
        this.#tracker.settled(records.reduce((bytes, record) => bytes + record.bytes, 0), ms);
        this.#announceWork.trigger();
        deps.onStorageChanged();
      },
    });
    const openCache = (profile: ProfileId) => createEmbeddingCache(deps.database, profile, deps.now);
    const onRound = async (corpus: CorpusId | undefined): Promise<void> => {
      await this.#tidy(corpus);
      this.#announceWork.trigger();
      deps.onStorageChanged();
    };
    this.#embedLoop = new EmbedLoop({ ...deps, cache: openCache(deps.profile), onRound });
    const { onNeuralProgress: onProgress = () => undefined, onNeuralTrouble: onModelTrouble = () => undefined } = deps;
    this.#neuralLoop = new NeuralLoop({ ...deps, firstProfile: deps.profile, openCache, onRound, onProgress, onModelTrouble });
  }

  /**
   * The neural embedder that is ready, or none for now. Its vectors are made in the background for whatever lacks them;
   * when it has them all, those of models chosen before are dropped.
   */
  setNeural(embedder: Embedder | undefined): Promise<void> {
    return this.#neuralLoop.setEmbedder(embedder);
  }

  /** No neural model is wanted any more: the vectors of all are dropped in the background. */
  releaseNeural(): Promise<void> {
    return this.#neuralLoop.release();
  }

  /** Never resolves. */
  async lead(): Promise<void> {
    this.#isLeading = true;
    const { onTrouble } = this.#deps;
    const loops = [this.#readLoop, this.#embedLoop, this.#neuralLoop];
    await Promise.all(loops.map((loop) => supervise(() => loop.run(), onTrouble)));
  }

  /** Looks at what the database and the heads say is to do. */
  wake(): void {
    this.#readLoop.wake();
    this.#embedLoop.wake();
    this.#neuralLoop.wake();
    this.#announceWork.trigger();
  }

  added(sources: number): void {
    this.#tracker.added(sources);
    this.wake();
  }

  /** Ends the reading of these sources, or all work under way. */
  interrupt(ids?: readonly DocumentId[]): void {
    this.#readLoop.interrupt(ids);
    if (ids !== undefined) return;
    this.#embedLoop.interrupt();
    this.#neuralLoop.interrupt();
  }

  /** One tidying after the other, since two of the same corpus would make the same merges. */
  #tidy(corpus: CorpusId | undefined): Promise<void> {
    const tidied = this.#tidied.then(() => this.#deps.tidy(corpus));
    this.#tidied = tidied.catch(() => undefined);
    return tidied;
  }

  async readWork(): Promise<Work> {
    const { database, library, settings, now } = this.#deps;
    const unread = (await database.sources.where('[state+order]').between(['queued', -Infinity], ['queued', Infinity]).count())
      + (await database.sources.where('[state+order]').between(['reading', -Infinity], ['reading', Infinity]).count());
    if (now() - this.#weighedAt > weighEveryMs) {
      this.#weighedAt = now();
      this.#unreadBytes = await this.#weigh();
    }
    const counts = { unread, unreadBytes: unread === 0 ? 0 : this.#unreadBytes, unembedded: await library.countUnembedded() };
    return this.#tracker.measure(await settings.isPaused(), counts);
  }

  /** Bytes still to be read. Looks at every waiting source, so it is not done for every figure of progress. */
  async #weigh(): Promise<number> {
    let bytes = 0;
    await this.#deps.database.sources
      .where('[state+order]')
      .between(['queued', -Infinity], ['queued', Infinity])
      .each((record) => void (bytes += record.bytes));
    return bytes;
  }
}
