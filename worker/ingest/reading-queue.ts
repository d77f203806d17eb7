import { AppError, toWireError } from '#core/errors/app-error.ts';
import type { DocumentId } from '#core/ids.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { SourceRecord, StoredState } from '../store/source-record.ts';

/** Readings that ended with the whole program before a file is given up. */
const maxAttempts = 3;
/** Small files are taken together, since what a commit costs would outweigh reading them. */
const batch = { files: 16, bytes: 1024 * 1024, smallBytes: 256 * 1024 };

/** The queue of sources to be read, as it stands in the database. */
export type ReadingQueue = {
  /** Puts back what a dead engine was reading, or gives it up; resolves with those sources. */
  requeueInterrupted: () => Promise<DocumentId[]>;
  /** The next source, or the next few small ones of one collection, marked as being read. */
  take: () => Promise<SourceRecord[]>;
  /** A reading that says nothing about the file: it will be read later. */
  putBack: (ids: readonly DocumentId[]) => Promise<void>;
  fail: (id: DocumentId, error: AppError) => Promise<void>;
};

export function createReadingQueue(database: AlcoveDatabase): ReadingQueue {
  const { sources } = database;
  const inState = (state: StoredState) => sources.where('[state+order]').between([state, -Infinity], [state, Infinity]);
  const changeReading = async (ids: readonly DocumentId[], change: (record: SourceRecord) => void): Promise<void> => {
    await sources.where('id').anyOf(ids).filter((record) => record.state === 'reading').modify(change);
  };

  return {
    requeueInterrupted: async () => {
      const ids = await inState('reading').primaryKeys();
      await changeReading(ids, (record) => {
        record.state = record.attempts >= maxAttempts ? 'failed' : 'queued';
        if (record.state === 'failed') record.error = toWireError(new AppError('source/corrupt', 'reading it ended the program', { detail: { attempts: record.attempts } }));
      });
      return ids;
    },
    take: () =>
      database.transaction('rw', sources, async () => {
        const taken = chooseBatch(await inState('queued').limit(batch.files).toArray());
        for (const record of taken) {
          record.state = 'reading';
          record.attempts += 1;
          delete record.error;
        }
        await sources.bulkPut(taken);
        return taken;
      }),
    putBack: (ids) =>
      changeReading(ids, (record) => {
        record.state = 'queued';
        record.attempts = Math.max(0, record.attempts - 1);
      }),
    fail: (id, error) =>
      changeReading([id], (record) => {
        record.state = 'failed';
        record.attempts = 0;
        record.error = toWireError(error);
      }),
  };
}

/** A file that was begun before is taken alone, so that it cannot take others down with it. */
function chooseBatch(queued: readonly SourceRecord[]): SourceRecord[] {
  const [first] = queued;
  if (first === undefined) return [];
  const isSmall = (record: SourceRecord): boolean => record.attempts === 0 && record.bytes <= batch.smallBytes;
  if (!isSmall(first)) return [first];
  const chosen: SourceRecord[] = [];
  let bytes = 0;
  for (const record of queued) {
    bytes += record.bytes;
    if (!isSmall(record) || record.collection !== first.collection || bytes > batch.bytes) break;
    chosen.push(record);
  }
  return chosen;
}
