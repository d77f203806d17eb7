import { proxy, transferHandlers, wrap } from 'comlink';
import { createSHA256 } from 'hash-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { createErrorTransfer } from '#core/engine/error-transfer.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { connectTestHub } from '../../../scripts/test-hub/connect-test-hub.ts';
import type { ModelStoreEvent } from './model-store.ts';
import { openModelFiles } from './open-model-files.ts';
import { createOpfsShelf } from './opfs-shelf.ts';
import type { StoreWorkerApi } from './test-shelf/store-worker.ts';

transferHandlers.set('throw', createErrorTransfer(transferHandlers.get('throw')!));

const weights = 'onnx/model_quantized.onnx';
let count = 0;

describe('model store in the private file system, against a real server', () => {
  let hub: ReturnType<typeof connectTestHub>;
  let entry: ModelManifest;
  let folder: string;
  const workers: Worker[] = [];

  beforeEach(async () => {
    hub = connectTestHub(await commands.startTestHub());
    const { models } = (await (await fetch(`${hub.address}/models/manifest.json`)).json()) as { models: ModelManifest[] };
    entry = models.find(({ id }) => id === 'alcove-test/tiny-bert')!;
    count += 1;
    folder = `test-store-${count}`;
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) worker.terminate();
    await hub.stop();
    await (await navigator.storage.getDirectory()).removeEntry(folder, { recursive: true });
  });

  async function openStore(events: ModelStoreEvent[] = []) {
    const worker = new Worker(new URL('./test-shelf/store-worker.ts', import.meta.url), { type: 'module', name: folder });
    workers.push(worker);
    const store = await wrap<StoreWorkerApi>(worker).open(hub.address, proxy((event: ModelStoreEvent) => void events.push(event)));
    return { store, worker };
  }

  /** What a loader in another realm reads, which has no worker's privileges. */
  async function expectWhole(): Promise<void> {
    const files = await openModelFiles(modelKey(entry), createOpfsShelf(folder));
    for (const { path, sha256 } of entry.files.filter((file) => !file.path.startsWith('onnx/') || file.path === weights)) {
      const hasher = await createSHA256();
      const blob = await files.read(path);
      expect([path, hasher.init().update(new Uint8Array(await blob!.arrayBuffer())).digest()]).toEqual([path, sha256]);
    }
  }

  it('installs, and another realm reads the verified files', async () => {
    const events: ModelStoreEvent[] = [];
    const { store } = await openStore(events);
    await store.install(entry, ['q8']);
    await expectWhole();
    expect(events.at(-1)).toEqual({ key: modelKey(entry), phase: 'installed' });
    await store.remove(modelKey(entry));
    await expect(openModelFiles(modelKey(entry), createOpfsShelf(folder))).rejects.toMatchObject({ code: 'model/missing' });
  });

  it('goes on where a worker was ended, again and again, at whatever byte', async () => {
    await hub.fail(`${entry.id}/${weights}`, [{ kind: 'slow', bytesPerSecond: 200_000 }]);
    let loadedBytes = entry.files.reduce((sum, { path, bytes }) => sum + (path.startsWith('onnx/') ? 0 : bytes), 0);
    for (const furtherBytes of [1, 20_000, 9_000]) {
      const { store, worker } = await openStore();
      await store.begin(entry, ['q8']);
      const untilBytes = loadedBytes + furtherBytes;
      while (loadedBytes < untilBytes) loadedBytes = (await store.list())[0]?.loadedBytes ?? 0;
      worker.terminate();
    }
    await hub.fail(`${entry.id}/${weights}`, []);
    const { store } = await openStore();
    expect((await store.list())[0]).toMatchObject({ isWhole: false });
    await store.install(entry, ['q8']);
    await expectWhole();
    const ranges = (await hub.requests()).flatMap(({ path, range }) => (path.endsWith(weights) && range ? [range] : []));
    expect(ranges.some((range) => /^bytes=[1-9]\d*-$/u.test(range))).toBe(true);
  });

  it('goes on after a pause', async () => {
    await hub.fail(`${entry.id}/${weights}`, [{ kind: 'stall', atByte: 60_000 }]);
    const events: ModelStoreEvent[] = [];
    const { store } = await openStore(events);
    await store.begin(entry, ['q8']);
    await store.pause(modelKey(entry));
    expect(events.at(-1)).toEqual({ key: modelKey(entry), phase: 'paused' });
    await hub.fail(`${entry.id}/${weights}`, []);
    await store.install(entry, ['q8']);
    await expectWhole();
  });

  it.each([[[{ kind: 'flip', atByte: 999, times: 1 }]], [[{ kind: 'truncate', atByte: 70_000, times: 1 }, { kind: 'ignore-range' }]], [[{ kind: 'status', status: 500, times: 2 }]]] as const)('gets over %j', async (faults) => {
    await hub.fail(`${entry.id}/${weights}`, faults);
    const { store } = await openStore();
    await store.install(entry, ['q8']);
    await expectWhole();
    expect((await store.list())[0]).toMatchObject({ isWhole: true });
  });

  it.each([[{ kind: 'flip', atByte: 999 }, 'model/corrupt'], [{ kind: 'page' }, 'model/missing'], [{ kind: 'no-cors' }, 'offline']] as const)('names what %j is', async (fault, code) => {
    await hub.fail(`${entry.id}/${weights}`, [fault]);
    const { store } = await openStore();
    await expect(store.install(entry, ['q8'])).rejects.toMatchObject({ code });
    expect((await store.list())[0]).toMatchObject({ isWhole: false });
  });

  it('lets one realm work on a model at a time', async () => {
    await hub.fail(`${entry.id}/${weights}`, [{ kind: 'slow', bytesPerSecond: 50_000 }]);
    const [first, second] = await Promise.all([openStore(), openStore()]);
    await first.store.begin(entry, ['q8']);
    await expect(second.store.begin(entry, ['q8'])).rejects.toMatchObject({ code: 'conflict' });
    first.worker.terminate();
    await hub.fail(`${entry.id}/${weights}`, []);
    await second.store.install(entry, ['q8']);
    await expectWhole();
  });
});
