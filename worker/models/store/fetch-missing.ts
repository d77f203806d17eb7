import { toAppError } from '#core/errors/app-error.ts';
import type { Sha256 } from '#core/ids.ts';
import type { ModelFile, ModelKey } from '#core/models/model-manifest.ts';
import { neededFiles } from '#core/models/needed-files.ts';
import { createTransferMeter } from '#core/models/transfer-meter.ts';
import { copyVerified } from './copy-verified.ts';
import { downloadFile } from './download-file.ts';
import { filePath, folderOf, partPath } from './model-record.ts';
import type { FileOrigin, ModelRecord } from './model-record.ts';
import { storedBytesOf } from './stored-bytes.ts';
import { listStoredModels } from './stored-models.ts';
import type { WorkContext } from './work-context.ts';

/** Bytes at hand, by their hash, and where they came from. */
export type BytesAtHand = ReadonlyMap<Sha256, { origin: FileOrigin; open(): Promise<ReadableStream<Uint8Array>> }>;

/**
 * Puts every file a record needs in place: what is there stays, what is at hand (`given`) or stored for another model is
 * copied, the rest is fetched. Gives where the bytes came from, the farthest. Errors: those of `downloadFile` and
 * `copyVerified`; what is in place by then stays.
 */
export async function fetchMissing(context: WorkContext, key: ModelKey, record: ModelRecord, signal: AbortSignal, given?: BytesAtHand): Promise<FileOrigin | undefined> {
  const { shelf } = context;
  const stored = await shelf.list(folderOf(key));
  const sizes = new Map(stored.map(({ path, bytes }) => [path, bytes]));
  const missing = neededFiles(record.manifest, record.dtypes).filter((file) => sizes.get(filePath(key, file.path)) !== file.bytes);
  const report = createReport(context, key, record, storedBytesOf(key, record, stored), missing, new Map(missing.map(({ path }) => [path, sizes.get(partPath(key, path)) ?? 0])));
  const elsewhere = missing.length > 0 ? await storedElsewhere(context, key, missing) : new Map();
  let sources = context.sources(record);
  for (const file of missing) {
    const place = { file, shelf, partPath: partPath(key, file.path), filePath: filePath(key, file.path), signal, onBytes: (bytes: number) => report.update(file, bytes) };
    const atHand = given?.get(file.sha256);
    if (atHand) {
      await copyVerified(await atHand.open(), place);
      report.origin = atHand.origin;
      continue;
    }
    if (await copyFrom(elsewhere.get(file.sha256), place, signal)) continue;
    const used = await downloadFile({ ...place, sources, fetch: context.fetch, policy: context.policy });
    if (used) {
      // The source that had this file likely has the next.
      sources = [used, ...sources.filter((source) => source !== used)];
      report.origin = report.origin === 'hub' ? 'hub' : used.origin;
    }
  }
  return report.origin;
}

type Report = { origin: FileOrigin | undefined; update(file: ModelFile, bytes: number): void };

function createReport(context: WorkContext, key: ModelKey, record: ModelRecord, { loadedBytes, totalBytes }: { loadedBytes: number; totalBytes: number }, missing: readonly ModelFile[], parts: Map<string, number>): Report {
  const meter = createTransferMeter(totalBytes, loadedBytes, context.now);
  const loadedAside = totalBytes - missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const report: Report = {
    origin: record.origin,
    update(file, bytes) {
      parts.set(file.path, bytes);
      const progress = meter.update(loadedAside + [...parts.values()].reduce((sum, part) => sum + part, 0));
      if (progress) send(progress);
    },
  };
  const send = (progress: ReturnType<typeof meter.update> & object) =>
    context.onEvent({ key, phase: 'downloading', progress, ...(report.origin && { origin: report.origin }) });
  send({ loadedBytes, totalBytes });
  return report;
}

/** Places on the shelf where other whole models have the same bytes. */
async function storedElsewhere({ shelf }: WorkContext, key: ModelKey, missing: readonly ModelFile[]): Promise<Map<Sha256, string>> {
  const wanted = new Set(missing.map(({ sha256 }) => sha256));
  const places = new Map<Sha256, string>();
  for (const model of await listStoredModels(shelf)) {
    if (model.key === key || model.usableDtypes.length === 0) continue;
    for (const { path, sha256 } of neededFiles(model.manifest, model.usableDtypes)) {
      if (wanted.has(sha256)) places.set(sha256, filePath(model.key, path));
    }
  }
  return places;
}

/** Whether the file could be copied from there; a copy that turns out wrong is no reason to stop. */
async function copyFrom(path: string | undefined, place: Parameters<typeof copyVerified>[1], signal: AbortSignal): Promise<boolean> {
  const blob = path === undefined ? undefined : await place.shelf.read(path);
  if (!blob) return false;
  try {
    await copyVerified(blob.stream(), place);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (toAppError(error).code !== 'model/corrupt') throw error;
    return false;
  }
}
