import type { ReadDocument } from '#core/engine/read-document.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { DocumentId } from '#core/ids.ts';
import type { Library } from '../library/library.ts';
import type { Settings } from '../library/settings.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import type { Reserve } from '../store/reserve.ts';
import type { SourceRecord } from '../store/source-record.ts';
import { WakeSignal } from '../wake-signal.ts';
import { commitDocuments } from './commit-documents.ts';
import type { DocumentReader } from './document-reader.ts';
import { createReadingQueue, type ReadingQueue } from './reading-queue.ts';

const progressEveryMs = 100;

export type ReadLoopDeps = {
  database: AlcoveDatabase;
  editor: HeadEditor;
  reader: DocumentReader;
  library: Library;
  settings: Settings;
  reserve: Reserve;
  now: () => number;
  /** Called after sources left the queue, for whatever reason. */
  onSettled: (records: readonly SourceRecord[], ms: number) => void;
  onTrouble: (thrown: unknown) => void;
};

/**
 * Reads queued sources one after the other for as long as this engine leads. A source's passages are committed together
 * and replace whatever the corpus held of it, so that a reading cut off at any point can simply be made again.
 */
export class ReadLoop {
  readonly #deps: ReadLoopDeps;
  readonly #queue: ReadingQueue;
  readonly #bell = new WakeSignal();
  #reading: { id: DocumentId; abort: AbortController } | undefined;
  /** Taken and not to be read after all. */
  #unwanted = new Set<DocumentId>();
  #taken: readonly SourceRecord[] = [];

  constructor(deps: ReadLoopDeps) {
    this.#deps = deps;
    this.#queue = createReadingQueue(deps.database);
  }

  wake(): void {
    this.#bell.ring();
  }

  /** Ends the reading of these sources, or of all that were taken. What happens next is read off the database. */
  interrupt(ids: readonly DocumentId[] = this.#taken.map((record) => record.id)): void {
    for (const id of ids) this.#unwanted.add(id);
    if (this.#reading !== undefined && this.#unwanted.has(this.#reading.id)) this.#reading.abort.abort();
  }

  async run(): Promise<never> {
    await this.#deps.library.announce(await this.#queue.requeueInterrupted());
    for (;;) {
      const taken = (await this.#deps.settings.isPaused()) ? [] : await this.#take();
      if (taken.length === 0) await this.#bell.wait();
      else await this.#readAll(taken);
    }
  }

  /** None where the disk is too full even to note what is being read. */
  async #take(): Promise<SourceRecord[]> {
    try {
      return await this.#queue.take();
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code !== 'quota-exceeded') throw error;
      await this.#deps.settings.halt();
      this.#deps.onTrouble(error);
      return [];
    }
  }

  async #readAll(taken: readonly SourceRecord[]): Promise<void> {
    const { library, now, onSettled } = this.#deps;
    const ids = taken.map((record) => record.id);
    const begunAt = now();
    this.#unwanted = new Set();
    this.#taken = taken;
    try {
      await library.announce(ids);
      const documents: ReadDocument[] = [];
      for (const record of taken) documents.push(...(await this.#read(record)));
      await this.#commit(documents);
    } finally {
      this.#taken = [];
    }
    await this.#deps.reserve.spend(() => this.#queue.putBack(ids));
    await library.announce(ids);
    onSettled(taken, now() - begunAt);
  }

  /** The document, or none where it could not be read or shall not be. */
  async #read(record: SourceRecord): Promise<ReadDocument[]> {
    if (this.#unwanted.has(record.id)) return [];
    const abort = new AbortController();
    this.#reading = { id: record.id, abort };
    try {
      return [await this.#readOriginal(record, abort.signal)];
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code !== 'aborted') await this.#queue.fail(record.id, error);
      return [];
    } finally {
      this.#reading = undefined;
      this.#deps.library.reportReading(record.id, undefined);
    }
  }

  async #readOriginal(record: SourceRecord, signal: AbortSignal): Promise<ReadDocument> {
    const { database, library, reader, now } = this.#deps;
    const original = await database.originals.get(record.id);
    if (original === undefined) throw new AppError('source/gone', 'the original is not kept');
    const { id, title, titleIsGiven, path, addedAt, sha256 } = record;
    let saidAt = now();
    return reader.read(
      { id, path, addedAt, sha256, bytes: original.bytes, ...(titleIsGiven && { title }) },
      {
        signal,
        onProgress: (progress) => {
          library.reportReading(id, progress);
          if (now() - saidAt < progressEveryMs) return;
          saidAt = now();
          library.announce([id]).catch(this.#deps.onTrouble);
        },
      },
    );
  }

  async #commit(documents: readonly ReadDocument[]): Promise<void> {
    try {
      await commitDocuments(this.#deps, documents);
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code === 'quota-exceeded') await this.#deps.settings.halt();
      else for (const { info } of documents) await this.#queue.fail(info.id, error);
      this.#deps.onTrouble(error);
    }
  }
}
