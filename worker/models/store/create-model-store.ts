import { AppError } from '#core/errors/app-error.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { canonicalJson } from '#core/segment/canonical-json.ts';
import { checkRoom, estimateStorage, withRoomTold } from './check-room.ts';
import type { EstimateStorage } from './check-room.ts';
import { downloadPolicy } from './download-policy.ts';
import type { DownloadPolicy } from './download-policy.ts';
import { dropWrongFiles } from './drop-wrong-files.ts';
import { fetchMissing } from './fetch-missing.ts';
import type { BytesAtHand } from './fetch-missing.ts';
import { findGivenModels } from './find-given-models.ts';
import { createWebModelLock } from './model-lock.ts';
import type { ModelLock } from './model-lock.ts';
import { createModelJobs } from './model-jobs.ts';
import { folderOf, readRecord, recordPath, writeRecord } from './model-record.ts';
import type { ModelRecord } from './model-record.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { ModelSources } from './model-sources.ts';
import type { ModelStore, ModelStoreEvent } from './model-store.ts';
import { openGivenFiles } from './open-given-files.ts';
import { openModelFiles } from './open-model-files.ts';
import type { ResolveModel } from './resolve-from-hub.ts';
import { storedBytesOf } from './stored-bytes.ts';
import { listStoredModels, sweepShelf } from './stored-models.ts';
import { makeWantedRecord, withFactsOf } from './wanted-record.ts';
import type { WorkContext } from './work-context.ts';

export type ModelStoreOptions = {
  shelf: ModelShelf;
  sources: ModelSources;
  /** Asks the hub what an unresolved entry is made of. */
  resolve: ResolveModel;
  onEvent(event: ModelStoreEvent): void;
  fetch?: typeof fetch;
  lock?: ModelLock;
  estimate?: EstimateStorage;
  policy?: Partial<DownloadPolicy>;
  now?(): number;
};

/** A `ModelStore` over a shelf. */
export function createModelStore({ shelf, sources, resolve, onEvent, ...options }: ModelStoreOptions): ModelStore {
  const lock = options.lock ?? createWebModelLock();
  const estimate = options.estimate ?? estimateStorage;
  const context: WorkContext = {
    shelf,
    sources,
    onEvent,
    fetch: options.fetch ?? fetch.bind(globalThis),
    policy: { ...downloadPolicy, ...options.policy },
    now: options.now ?? (() => performance.now()),
  };
  const jobs = createModelJobs(lock, onEvent);
  let swept: Promise<void> | undefined;

  /** Room is looked for before anything is written; from then on whatever happens leaves a record to go on with. */
  async function want(key: ModelKey, record: ModelRecord): Promise<void> {
    const { loadedBytes, totalBytes } = storedBytesOf(key, record, await shelf.list(folderOf(key)));
    await checkRoom(totalBytes - loadedBytes, estimate);
    await writeRecord(shelf, key, 'wanted', record);
  }

  async function complete(key: ModelKey, record: ModelRecord, signal: AbortSignal, given?: BytesAtHand): Promise<ModelManifest> {
    const origin = await withRoomTold(estimate, () => fetchMissing(context, key, record, signal, given));
    await writeRecord(shelf, key, 'complete', origin ? { ...record, origin } : record);
    await forgetWanted(key);
    return record.manifest;
  }

  async function forgetWanted(key: ModelKey): Promise<void> {
    await shelf.remove(recordPath(key, 'wanted'));
    await shelf.remove(`${folderOf(key)}parts/`);
  }

  /** Records go first: what a crash leaves in between is no model, and is swept away. */
  async function removeAll(key: ModelKey): Promise<void> {
    for (const path of [recordPath(key, 'complete'), recordPath(key, 'wanted'), folderOf(key)]) await shelf.remove(path);
  }

  const alone = <T>(key: ModelKey, run: () => Promise<T>) => lock(key, new AbortController().signal, run);

  return {
    async list() {
      await (swept ??= sweepShelf(shelf));
      return listStoredModels(shelf);
    },

    open: (key) => openModelFiles(key, shelf),

    begin(entry, dtypes) {
      const key = modelKey(entry);
      return jobs.start(key, async (signal, begun) => {
        const { record, small } = await makeWantedRecord(shelf, resolve, key, entry, dtypes, signal);
        await want(key, record);
        begun();
        return complete(key, record, signal, inMemory(record, small));
      });
    },

    async pause(key) {
      if (await jobs.stop(key)) onEvent({ key, phase: 'paused' });
    },

    async cancel(key) {
      await jobs.stop(key);
      const isWhole = await alone(key, async () => {
        const before = await readRecord(shelf, key, 'complete');
        await (before ? forgetWanted(key) : removeAll(key));
        return before !== undefined;
      });
      onEvent({ key, phase: isWhole ? 'installed' : 'available' });
    },

    async remove(key) {
      await jobs.stop(key);
      await alone(key, () => removeAll(key));
      onEvent({ key, phase: 'available' });
    },

    repair: (key) => jobs.start(key, async (signal, begun) => {
      const record = (await readRecord(shelf, key, 'wanted')) ?? (await readRecord(shelf, key, 'complete'));
      if (!record) throw new AppError('not-found', `${key} is not stored`);
      begun();
      // The record outlives the mark of being whole, which goes when something is wrong.
      await writeRecord(shelf, key, 'wanted', record);
      await dropWrongFiles(context, key, record, signal);
      await want(key, record);
      return complete(key, record, signal);
    }),

    async adopt(known) {
      for (const entry of known) {
        const key = modelKey(entry);
        const record = await readRecord(shelf, key, 'complete');
        const manifest = record && (entry.isUnresolved ? withFactsOf(entry, record.manifest) : entry);
        const hasAll = record?.dtypes.every((dtype) => manifest?.variants.some((variant) => variant.dtype === dtype));
        if (manifest && hasAll && canonicalJson(manifest) !== canonicalJson(record.manifest)) await alone(key, () => writeRecord(shelf, key, 'complete', { ...record, manifest }));
      }
    },

    async importFiles(files, known) {
      const found = await findGivenModels(await openGivenFiles(files), known, new AbortController().signal);
      const manifests: ModelManifest[] = [];
      for (const { manifest, dtypes, files: atHand } of found) {
        const key = modelKey(manifest);
        const work = await jobs.start(key, async (signal, begun) => {
          const before = await readRecord(shelf, key, 'complete');
          const record: ModelRecord = { manifest, dtypes: [...new Set([...(before?.dtypes ?? []), ...dtypes])], isOfHub: false };
          await want(key, record);
          begun();
          return complete(key, record, signal, atHand);
        });
        manifests.push(await work.done);
      }
      return manifests;
    },
  };
}

/** Small files that were fetched to learn their hashes, so that they are not fetched again. */
function inMemory({ manifest }: ModelRecord, small: ReadonlyMap<string, Uint8Array>): BytesAtHand {
  const atHand = manifest.files.flatMap(({ path, sha256 }) => {
    const bytes = small.get(path);
    return bytes ? [[sha256, { origin: 'hub', open: async () => new Blob([bytes as Uint8Array<ArrayBuffer>]).stream() }] as const] : [];
  });
  return new Map(atHand);
}
