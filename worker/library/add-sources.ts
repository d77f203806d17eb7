import type { NewFile, Source } from '#core/engine/engine-api.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';
import { createId, type CorpusId, type DocumentId, type Sha256 } from '#core/ids.ts';
import { sha256 } from '#core/segment/sha256.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { Reserve } from '../store/reserve.ts';
import type { SourceRecord } from '../store/source-record.ts';
import type { Library } from './library.ts';

/** A file larger than this is not taken in: it could be held in memory neither to be read nor to be shown. */
export const maxOriginalBytes = 512 * 1024 * 1024;

export type AddSourcesDeps = { database: AlcoveDatabase; reserve: Reserve; library: Library; now: () => number };

type NewSource = { record: SourceRecord; bytes?: ArrayBuffer; mediaType: string };

/**
 * Puts rows into the library and the originals beside them, in one transaction a file, so that a row that stands can be
 * read whatever happens next. Bytes that the collection has already give no second row: a source that had failed or been
 * cancelled is queued again, any other is named in `duplicateOf`. A file that cannot be taken in stands as `failed`.
 * Errors: `quota-exceeded` when not even the row fits.
 */
export async function addSources(deps: AddSourcesDeps, files: readonly NewFile[], collection: CorpusId, given?: { title: string }): Promise<Source[]> {
  const sources: Source[] = [];
  for (const [i, file] of files.entries()) {
    const source = await insert(deps, await prepare(deps, file, collection, i, given));
    if (source.duplicateOf === undefined) await deps.library.announce([source.id]);
    sources.push(source);
  }
  return sources;
}

async function prepare(deps: AddSourcesDeps, file: NewFile, collection: CorpusId, nth: number, given?: { title: string }): Promise<NewSource> {
  const now = deps.now();
  const record: SourceRecord = {
    id: createId<DocumentId>(),
    collection,
    title: given?.title ?? file.name,
    titleIsGiven: given !== undefined,
    path: file.path ?? file.name,
    bytes: file.file.size,
    sha256: '' as Sha256,
    addedAt: new Date(now).toISOString(),
    state: 'queued',
    order: now * 1000 + nth,
    attempts: 0,
    tags: [],
    hasOriginal: true,
  };
  const mediaType = file.file.type;
  try {
    if (file.file.size > maxOriginalBytes) throw new AppError('source/too-large', 'too large', { detail: { bytes: file.file.size, maxBytes: maxOriginalBytes } });
    const bytes = await file.file.arrayBuffer();
    return { record: { ...record, sha256: await sha256(new Uint8Array(bytes)) }, bytes, mediaType };
  } catch (thrown) {
    return { record: toFailed(record, thrown), mediaType };
  }
}

function toFailed(record: SourceRecord, thrown: unknown): SourceRecord {
  return { ...record, state: 'failed', hasOriginal: false, error: toWireError(toStoreError(thrown)) };
}

async function insert(deps: AddSourcesDeps, source: NewSource): Promise<Source> {
  try {
    return await insertWhole(deps, source);
  } catch (thrown) {
    if (toStoreError(thrown).code !== 'quota-exceeded') throw thrown;
    return deps.reserve.spend(() => insertWhole(deps, { record: toFailed(source.record, thrown), mediaType: source.mediaType }));
  }
}

async function insertWhole({ database, library }: AddSourcesDeps, { record, bytes, mediaType }: NewSource): Promise<Source> {
  const { sources, originals } = database;
  const stored = await database.transaction('rw', sources, originals, async () => {
    const same = bytes === undefined ? undefined : await findSame(database, record);
    if (same !== undefined && same.state !== 'failed' && same.state !== 'cancelled') return same;
    const { error: _, ...again } = same ?? record;
    const row: SourceRecord = same === undefined ? record : { ...again, state: 'queued', attempts: 0, order: record.order, hasOriginal: true };
    await sources.put(row);
    if (bytes !== undefined) await originals.put({ id: row.id, mediaType, bytes });
    return row;
  });
  const source = await library.readSource(stored);
  const isDuplicate = stored.id !== record.id && stored.order !== record.order;
  return isDuplicate ? { ...source, duplicateOf: { id: stored.id, title: stored.title, addedAt: stored.addedAt } } : source;
}

function findSame({ sources }: AlcoveDatabase, { collection, sha256: hash }: SourceRecord): Promise<SourceRecord | undefined> {
  return sources
    .where('[collection+sha256]')
    .equals([collection, hash])
    .filter((record) => record.removedAt === undefined)
    .first();
}
