import { withDocumentReplaced, withoutDocuments } from '#core/engine/head-edits.ts';
import type { ReadDocument } from '#core/engine/read-document.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import type { SegmentRef } from '#core/segment/segment-manifest.ts';
import type { Library } from '../library/library.ts';
import type { Settings } from '../library/settings.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { HeadEditor } from '../store/head-editor.ts';
import type { SourceRecord } from '../store/source-record.ts';
import { WakeSignal } from '../wake-signal.ts';
import type { DocumentReader } from './document-reader.ts';

/** Readings that ended with the whole program before a file is given up. */
const maxAttempts = 3;
const progressEveryMs = 100;

export type ReadLoopDeps = {
  database: AlcoveDatabase;
  editor: HeadEditor;
  reader: DocumentReader;
  library: Library;
  settings: Settings;
  now: () => number;
  /** Called after each source that left the queue, for whatever reason. */
  onSettled: (record: SourceRecord, ms: number) => void;
  onTrouble: (thrown: unknown) => void;
};

/**
 * Reads queued sources one after the other for as long as this engine leads. A source's passages are committed together
 * and replace whatever the corpus held of it, so that a reading cut off at any point can simply be made again.
 */
export class ReadLoop {
  readonly #deps: ReadLoopDeps;
  readonly #bell = new WakeSignal();
  #current: { id: DocumentId; abort: AbortController } | undefined;

  constructor(deps: ReadLoopDeps) {
    this.#deps = deps;
  }

  wake(): void {
    this.#bell.ring();
  }

  /** Ends the reading under way, of these sources or of any. What happens next is read off the database. */
  interrupt(ids?: readonly DocumentId[]): void {
    if (this.#current !== undefined && (ids === undefined || ids.includes(this.#current.id))) this.#current.abort.abort();
  }

  async run(): Promise<never> {
    await this.#requeueInterrupted();
    for (;;) {
      const record = (await this.#deps.settings.isPaused()) ? undefined : await this.#next();
      if (record === undefined) await this.#bell.wait();
      else await this.#read(record);
    }
  }

  async #requeueInterrupted(): Promise<void> {
    const { database, library } = this.#deps;
    const interrupted = await database.sources.where('[state+order]').between(['reading', -Infinity], ['reading', Infinity]).toArray();
    for (const { id, attempts } of interrupted) {
      const gaveUp = attempts >= maxAttempts;
      const error = toWireError(new AppError('source/corrupt', 'reading it ended the program several times', { detail: { attempts } }));
      await database.sources.update(id, gaveUp ? { state: 'failed', error } : { state: 'queued' });
    }
    await library.announce(interrupted.map((record) => record.id));
  }

  #next(): Promise<SourceRecord | undefined> {
    return this.#deps.database.sources
      .where('[state+order]')
      .between(['queued', -Infinity], ['queued', Infinity])
      .first();
  }

  async #read(queued: SourceRecord): Promise<void> {
    const { database, library } = this.#deps;
    const begun = await database.sources.where({ id: queued.id }).modify((record) => {
      if (record.state !== 'queued') return;
      record.state = 'reading';
      record.attempts += 1;
      delete record.error;
    });
    if (begun === 0) return;
    const abort = new AbortController();
    const begunAt = this.#deps.now();
    this.#current = { id: queued.id, abort };
    try {
      await library.announce([queued.id]);
      await this.#commit(queued.id, await this.#readOriginal(queued, abort.signal));
    } catch (thrown) {
      await this.#settleFailure(queued, toStoreError(thrown));
    } finally {
      this.#current = undefined;
      library.reportReading(queued.id, undefined);
    }
    await library.announce([queued.id]);
    this.#deps.onSettled(queued, this.#deps.now() - begunAt);
  }

  async #readOriginal(record: SourceRecord, signal: AbortSignal): Promise<ReadDocument> {
    const { database, library, reader, now } = this.#deps;
    const original = await database.originals.get(record.id);
    if (original === undefined) throw new AppError('source/gone', 'the original is not kept');
    const { id, title, titleIsGiven, path, addedAt, sha256 } = record;
    let saidAt = 0;
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

  async #commit(id: DocumentId, read: ReadDocument): Promise<void> {
    const { database, editor, settings } = this.#deps;
    const record = await database.sources.get(id);
    if (record === undefined || record.state !== 'reading') return;
    const refs = read.segments.map((segment): SegmentRef => ({ id: segment.id, rows: segment.manifest.rows, vec: {} }));
    await editor.edit(record.collection, (head, manifests) => {
      const present = new Set(head.segments.map((ref) => ref.id));
      return {
        head: withDocumentReplaced(head, manifests, id, refs),
        segments: read.segments.filter((segment) => !present.has(segment.id)),
      };
    });
    const keepsOriginal = await settings.keepsOriginals();
    const isStillWanted = await database.transaction('rw', database.sources, database.originals, async () => {
      const fresh = await database.sources.get(id);
      if (fresh === undefined || fresh.state !== 'reading' || fresh.collection !== record.collection) return false;
      await database.sources.put(toRead(fresh, read, keepsOriginal));
      if (!keepsOriginal) await database.originals.delete(id);
      return fresh.removedAt === undefined;
    });
    if (!isStillWanted) await this.#takeBack(record.collection, id);
  }

  /** Cancelled, removed or moved while its passages were being committed. */
  async #takeBack(corpus: CorpusId, id: DocumentId): Promise<void> {
    await this.#deps.editor.edit(corpus, (head, manifests) => ({ head: withoutDocuments(head, manifests, new Set([id])) }));
  }

  async #settleFailure(queued: SourceRecord, error: AppError): Promise<void> {
    const { database, settings, onTrouble } = this.#deps;
    const isDiskFull = error.code === 'quota-exceeded';
    if (isDiskFull) await settings.setPaused(true);
    await database.sources.where({ id: queued.id }).modify((record) => {
      if (record.state !== 'reading') return;
      const isResumable = isDiskFull || error.code === 'aborted';
      record.state = isResumable ? 'queued' : 'failed';
      record.attempts = isResumable ? Math.max(0, record.attempts - 1) : 0;
      if (!isResumable) record.error = toWireError(error);
    });
    if (isDiskFull) onTrouble(error);
  }
}

function toRead(record: SourceRecord, { info }: ReadDocument, keepsOriginal: boolean): SourceRecord {
  const { error: _, coverage: __, ...rest } = record;
  return {
    ...rest,
    state: 'read',
    attempts: 0,
    type: info.type,
    title: record.titleIsGiven ? record.title : info.title,
    hasOriginal: record.hasOriginal && keepsOriginal,
    ...(info.coverage !== undefined && { coverage: info.coverage }),
  };
}
