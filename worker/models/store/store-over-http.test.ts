import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { startTestHub } from '../../../scripts/test-hub/start-test-hub.ts';
import type { TestHub } from '../../../scripts/test-hub/start-test-hub.ts';
import type { ShelfContents } from './memory-shelf.ts';
import { createModelSources } from './model-sources.ts';
import { createHubResolver } from './resolve-from-hub.ts';
import { createTestStore } from './test-store/store-world.ts';

const folder = fileURLToPath(new URL('../../../fixtures/models', import.meta.url));
const weights = 'alcove-test/tiny-bert/onnx/model_quantized.onnx';

describe('model store over real HTTP', () => {
  let hub: TestHub;
  let entry: ModelManifest;
  beforeEach(async () => {
    hub = await startTestHub(folder);
    const { models } = (await (await fetch(`${hub.address}/models/manifest.json`)).json()) as { models: ModelManifest[] };
    entry = models.find(({ id }) => id === 'alcove-test/tiny-bert')!;
  });
  afterEach(() => hub.stop());

  const open = (contents: ShelfContents = new Map(), sameOrigin = `${hub.address}/`) =>
    createTestStore({
      contents,
      fetch,
      sources: createModelSources(sameOrigin, hub.address),
      resolve: createHubResolver({ hub: hub.address, baseUrl: sameOrigin }),
      policy: { stallMs: 300, firstDelayMs: 5, mostDelayMs: 20 },
    }).store;
  const install = async (store = open()) => (await store.begin(entry, ['q8'])).done;
  const sizeOf = async (store = open()) => (await (await store.open(modelKey(entry))).read('onnx/model_quantized.onnx'))?.size;

  it('installs what the server offers', async () => {
    const store = open();
    await install(store);
    expect(await sizeOf(store)).toBe(122_096);
  });

  it('goes on with ranges after a connection that breaks off twice', async () => {
    hub.fail(weights, [{ kind: 'truncate', atByte: 40_000, times: 1 }, { kind: 'truncate', atByte: 90_000, times: 1 }]);
    const store = open();
    await install(store);
    expect(await sizeOf(store)).toBe(122_096);
    const ranges = hub.requests.flatMap(({ path, range }) => (path.endsWith('quantized.onnx') && range ? [range] : []));
    expect(ranges.length).toBeGreaterThan(0);
    for (const range of ranges) expect(range).toMatch(/^bytes=[1-9]\d*-$/u);
  });

  it.each([
    [[{ kind: 'stall', atByte: 50_000, times: 1 }]],
    [[{ kind: 'flip', atByte: 77, times: 1 }]],
    [[{ kind: 'status', status: 500, times: 2 }]],
    [[{ kind: 'truncate', atByte: 50_000, times: 1 }, { kind: 'ignore-range' }]],
    [[{ kind: 'truncate', atByte: 50_000, times: 1 }, { kind: 'wrong-etag' }]],
  ] as const)('gets over %j', async (faults) => {
    hub.fail(weights, faults);
    const store = open();
    await install(store);
    expect(await sizeOf(store)).toBe(122_096);
  });

  it.each([
    [{ kind: 'flip', atByte: 77 }, 'model/corrupt'],
    [{ kind: 'page' }, 'model/missing'],
    [{ kind: 'status', status: 404 }, 'model/missing'],
    [{ kind: 'status', status: 500 }, 'offline'],
    [{ kind: 'stall', atByte: 0 }, 'offline'],
  ] as const)('names what %j is, keeps the rest, and installs when it is over', async (fault, code) => {
    hub.fail(weights, [fault]);
    const contents: ShelfContents = new Map();
    await expect(install(open(contents))).rejects.toMatchObject({ code });
    expect((await open(contents).list())[0]).toMatchObject({ isWhole: false });
    hub.fail(weights, []);
    const before = hub.requests.length;
    await install(open(contents));
    expect(hub.requests.length - before).toBe(1);
    expect(await sizeOf(open(contents))).toBe(122_096);
  });

  it('resolves and installs from the hub, sent on to where large files lie', async () => {
    hub.fail(weights, [{ kind: 'redirect' }]);
    const { files: _files, commit: _commit, ...rest } = entry;
    const unresolved: ModelManifest = { ...rest, commit: 'main', files: [], isUnresolved: true };
    const nowhere = await startTestHub(fileURLToPath(new URL('./test-store', import.meta.url)));
    const store = open(new Map(), `${nowhere.address}/`);
    await (await store.begin(unresolved, ['q8'])).done;
    await nowhere.stop();
    const files = await store.open(modelKey(unresolved));
    expect(files.manifest.commit).toBe(entry.commit);
    expect((await files.read('onnx/model_quantized.onnx'))?.size).toBe(122_096);
    expect((await store.list())[0]).toMatchObject({ origin: 'hub', isWhole: true });
  });
});
