import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import type { ShelfContents } from './memory-shelf.ts';
import type { ModelStore } from './model-store.ts';
import { baseUrl, createFakeFetch, createTestStore, hashOf, hubUrl, inPieces, makeModel } from './test-store/store-world.ts';
import type { TestModel } from './test-store/store-world.ts';

async function install(store: ModelStore, { manifest }: TestModel, dtypes: ('q8' | 'fp16')[] = ['q8']): Promise<void> {
  await (await store.begin(manifest, dtypes)).done;
}

/** Every file the store would give a loader, as hash by path; `missing` where it would give none. */
async function readAll(store: ModelStore, { key, manifest }: TestModel): Promise<Record<string, string>> {
  const files = await store.open(key);
  return Object.fromEntries(await Promise.all(manifest.files.map(async ({ path }) => {
    const hash = await files.read(path).then(async (blob) => hashOf(new Uint8Array(await blob!.arrayBuffer())), (error: AppError) => error.code);
    return [path, hash] as const;
  })));
}

const rightHashes = ({ manifest }: TestModel, without: string[] = []) =>
  Object.fromEntries(manifest.files.map(({ path, sha256 }) => [path, without.includes(path) ? 'model/missing' : sha256]));

describe('model store: installing', () => {
  const model = makeModel();

  it('fetches what a dtype needs from this server, verified, and opens it without network', async () => {
    const { fetch, requests } = createFakeFetch([model]);
    const { store, phases } = createTestStore({ fetch });
    await expect(store.open(model.key)).rejects.toMatchObject({ code: 'model/missing' });
    await install(store, model);
    expect(await readAll(store, model)).toEqual(rightHashes(model, ['onnx/model_fp16.onnx']));
    expect(await (await store.open(model.key)).read('not/listed')).toBeUndefined();
    expect(requests.map(({ url }) => url.slice(`${baseUrl}models/team/small/resolve/${model.manifest.commit}/`.length)).sort()).toEqual(['config.json', 'onnx/model_quantized.onnx', 'tokenizer.json']);
    expect(phases()).toEqual(['downloading', 'installed']);
    const [stored] = await store.list();
    expect(stored).toMatchObject({ key: model.key, isWhole: true, dtypes: ['q8'], usableDtypes: ['q8'], origin: 'same-origin' });
    expect(stored?.loadedBytes).toBe(stored?.totalBytes);
  });

  it('adds a second dtype by fetching only its files, and stays usable meanwhile', async () => {
    const { fetch, requests } = createFakeFetch([model]);
    const { store } = createTestStore({ fetch });
    await install(store, model);
    const before = requests.length;
    const { done } = await store.begin(model.manifest, ['fp16']);
    expect((await readAll(store, model))['onnx/model_quantized.onnx']).toBe(model.manifest.files[2]?.sha256);
    await done;
    expect(requests.length - before).toBe(1);
    expect(await readAll(store, model)).toEqual(rightHashes(model));
  });

  it('fetches nothing when all is there', async () => {
    const { fetch, requests } = createFakeFetch([model]);
    const { store } = createTestStore({ fetch });
    await install(store, model);
    const before = requests.length;
    await install(store, model);
    expect(requests.length).toBe(before);
  });

  it('copies what another stored model has by hash', async () => {
    const other = makeModel('team/twin');
    const { fetch, requests } = createFakeFetch([model, other]);
    const { store } = createTestStore({ fetch });
    await install(store, model);
    await install(store, other);
    expect(requests.some(({ url }) => url.includes('team/twin'))).toBe(false);
    expect(await readAll(store, other)).toEqual(rightHashes(other, ['onnx/model_fp16.onnx']));
  });

  it('tells progress that never passes its total and ends with it', async () => {
    const { fetch } = createFakeFetch([model]);
    let now = 0;
    const { store, events } = createTestStore({ fetch, now: () => (now += 50) });
    await install(store, model);
    const progress = events.flatMap((event) => ('progress' in event ? [event.progress] : []));
    expect(progress.length).toBeGreaterThan(2);
    for (const { loadedBytes, totalBytes } of progress) expect(loadedBytes).toBeLessThanOrEqual(totalBytes);
    expect(progress.at(-1)?.loadedBytes).toBe(progress.at(-1)?.totalBytes);
  });

  it('refuses before it begins where there is not 1.3 times the room, and says how much there is', async () => {
    const { fetch, requests } = createFakeFetch([model]);
    const contents: ShelfContents = new Map();
    const { store } = createTestStore({ fetch, contents, estimate: async () => ({ usage: 100, quota: 6_500 }) });
    await expect(store.begin(model.manifest, ['q8'])).rejects.toMatchObject({ code: 'quota-exceeded', detail: { neededBytes: Math.ceil(5_710 * 1.3), freeBytes: 6_400 } });
    expect([requests.length, contents.size]).toEqual([0, 0]);
  });

  it('keeps what is there when the disk fills up in the middle, and goes on when there is room', async () => {
    let room = 3_000;
    const contents: ShelfContents = new Map();
    const shelf = createMemoryShelf(contents, (bytes) => {
      const land = Math.min(bytes, room);
      room -= land;
      return land < bytes ? { land, error: new AppError('quota-exceeded', 'full') } : { land };
    });
    const { fetch, requests } = createFakeFetch([model]);
    const { store, phases } = createTestStore({ fetch, shelf });
    await expect(install(store, model)).rejects.toMatchObject({ code: 'quota-exceeded', detail: { freeBytes: 1e12 } });
    expect(phases()).toEqual(['downloading', 'failed']);
    expect((await store.list())[0]).toMatchObject({ isWhole: false, usableDtypes: [] });
    room = Infinity;
    await install(store, model);
    expect(requests.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/u);
    expect(await readAll(store, model)).toEqual(rightHashes(model, ['onnx/model_fp16.onnx']));
  });
});

describe('model store: pause, cancel, remove, repair', () => {
  const model = makeModel('team/big', 20_000);
  const weights = 'onnx/model_quantized.onnx';

  /** A store whose download of the weights hangs after some bytes, until it is healed. */
  function hanging() {
    let isWell = false;
    const contents: ShelfContents = new Map();
    const server = createFakeFetch([model], (url) => (!isWell && url.pathname.endsWith(weights) ? new Response(inPieces(model.content.get(weights)!.subarray(0, 8_192), 'hang')) : undefined));
    const world = createTestStore({ fetch: server.fetch, contents, policy: { stallMs: 60_000 } });
    const loaded = async () => (await world.store.list())[0]?.loadedBytes ?? 0;
    const untilHanging = async () => {
      while ((await loaded()) < 8_192) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    return { ...world, ...server, contents, untilHanging, heal: () => (isWell = true) };
  }

  it('pauses, and goes on after a reload from the byte it had', async () => {
    const { store, phases, untilHanging, contents, heal, fetch, requests } = hanging();
    const { done } = await store.begin(model.manifest, ['q8']);
    await untilHanging();
    await store.pause(model.key);
    await expect(done).rejects.toMatchObject({ code: 'aborted' });
    expect(phases()).toEqual(['downloading', 'paused']);
    heal();
    const after = createTestStore({ fetch, contents });
    expect((await after.store.list())[0]).toMatchObject({ isWhole: false, dtypes: ['q8'] });
    await install(after.store, model);
    expect(requests.at(-1)?.range).toBe('bytes=8192-');
    expect((await readAll(after.store, model))[weights]).toBe(hashOf(model.content.get(weights)!));
  });

  it('cancels, and nothing is left', async () => {
    const { store, untilHanging, contents, phases } = hanging();
    await store.begin(model.manifest, ['q8']);
    await untilHanging();
    await store.cancel(model.key);
    expect([...contents.keys()]).toEqual([]);
    expect(phases()).toEqual(['downloading', 'available']);
  });

  it('cancelling a further dtype leaves the model as it was', async () => {
    const contents: ShelfContents = new Map();
    const server = createFakeFetch([model], (url) => (url.pathname.endsWith('fp16.onnx') ? new Response(inPieces(model.content.get('onnx/model_fp16.onnx')!.subarray(0, 4_096), 'hang')) : undefined));
    const { store } = createTestStore({ fetch: server.fetch, contents, policy: { stallMs: 60_000 } });
    await install(store, model);
    await store.begin(model.manifest, ['fp16']);
    await store.cancel(model.key);
    expect((await store.list())[0]).toMatchObject({ isWhole: true, dtypes: ['q8'] });
    expect([...contents.keys()].some((path) => path.includes('/parts/'))).toBe(false);
  });

  it('removes a model whole', async () => {
    const { fetch } = createFakeFetch([model]);
    const contents: ShelfContents = new Map();
    const { store } = createTestStore({ fetch, contents });
    await install(store, model);
    await store.remove(model.key);
    expect(contents.size).toBe(0);
    await expect(store.open(model.key)).rejects.toMatchObject({ code: 'model/missing' });
    await expect(store.repair(model.key)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('repairs changed, cut and missing files by fetching only these', async () => {
    const server = createFakeFetch([model]);
    const contents: ShelfContents = new Map();
    const { store, phases } = createTestStore({ fetch: server.fetch, contents });
    await install(store, model, ['q8', 'fp16']);
    const pathOf = (name: string) => [...contents.keys()].find((path) => path.endsWith(name))!;
    contents.get(pathOf(weights))![77]! ^= 1;
    contents.set(pathOf('fp16.onnx'), contents.get(pathOf('fp16.onnx'))!.slice(0, 10));
    contents.delete(pathOf('tokenizer.json'));
    expect(await readAll(store, model)).toMatchObject({ 'onnx/model_fp16.onnx': 'model/corrupt', 'tokenizer.json': 'model/missing' });
    const before = server.requests.length;
    await (await store.repair(model.key)).done;
    expect(server.requests.length - before).toBe(3);
    expect(await readAll(store, model)).toEqual(rightHashes(model));
    expect(phases()).toEqual(['downloading', 'installed', 'checking', 'downloading', 'installed']);
  });

  it('does not open a model found wrong while it cannot be repaired', async () => {
    const contents: ShelfContents = new Map();
    await install(createTestStore({ fetch: createFakeFetch([model]).fetch, contents }).store, model);
    contents.get([...contents.keys()].find((path) => path.endsWith(weights))!)![5]! ^= 128;
    const { store } = createTestStore({ fetch: async () => Promise.reject(new TypeError('offline')), contents });
    await expect((await store.repair(model.key)).done).rejects.toMatchObject({ code: 'offline' });
    await expect(store.open(model.key)).rejects.toMatchObject({ code: 'model/missing' });
    expect((await store.list())[0]).toMatchObject({ isWhole: false });
  });

  it('takes over what a newer catalogue says of a stored model', async () => {
    const contents: ShelfContents = new Map();
    const { store } = createTestStore({ fetch: createFakeFetch([model]).fetch, contents });
    await install(store, model);
    const newer = { ...model.manifest, title: 'Better', embed: { ...model.manifest.embed!, keywordWeight: 0.9 } };
    await store.adopt([makeModel('team/not-here').manifest, newer]);
    expect((await store.open(model.key)).manifest).toEqual(newer);
    expect(await readAll(store, model)).toEqual(rightHashes(model, ['onnx/model_fp16.onnx']));
    expect((await store.list())[0]).toMatchObject({ isWhole: true, dtypes: ['q8'], origin: 'same-origin' });
  });

  it('lets one realm at a time work on a model', async () => {
    const { store, events } = createTestStore({ fetch: createFakeFetch([model]).fetch, lock: async () => Promise.reject(new AppError('conflict', 'busy')) });
    await expect(store.begin(model.manifest, ['q8'])).rejects.toMatchObject({ code: 'conflict' });
    expect(events).toEqual([]);
  });

  it('joins work that goes on', async () => {
    const server = createFakeFetch([model]);
    const { store } = createTestStore({ fetch: server.fetch });
    const [one, two] = await Promise.all([store.begin(model.manifest, ['q8']), store.begin(model.manifest, ['q8'])]);
    await Promise.all([one.done, two.done]);
    expect(server.requests).toHaveLength(3);
  });
});

describe('model store: crashes', () => {
  const model = makeModel('team/crash', 3_000);

  /** A shelf on which everything fails from a change on, as if the process had ended within it. */
  function dyingShelf(contents: ShelfContents, changes: number, land: number) {
    let left = changes;
    const dead = () => new Error('the process ended');
    return createMemoryShelf(contents, (bytes) => {
      left -= 1;
      if (left > 0) return { land: bytes };
      return { land: left === 0 ? Math.min(bytes, land) : 0, error: dead() };
    });
  }

  it('ended at any change during any work, it never opens wrong bytes, and ends up whole', async () => {
    const work = constantFrom('install', 'add', 'repair', 'cancel', 'remove');
    const crash = integer({ min: 1, max: 60 });
    await assert(asyncProperty(array(work, { minLength: 1, maxLength: 4 }), array(crash, { minLength: 4, maxLength: 4 }), integer({ min: 0, max: 600 }), async (steps, crashes, land) => {
      const contents: ShelfContents = new Map();
      const { fetch } = createFakeFetch([model]);
      for (const [at, step] of steps.entries()) {
        const { store } = createTestStore({ fetch, shelf: dyingShelf(contents, crashes[at]!, land) });
        const run = async () => {
          if (step === 'install') await install(store, model);
          if (step === 'add') await install(store, model, ['fp16']);
          if (step === 'repair') await (await store.repair(model.key)).done;
          if (step === 'cancel') await store.cancel(model.key);
          if (step === 'remove') await store.remove(model.key);
        };
        await run().catch(() => undefined);
        const { store: reader } = createTestStore({ contents, fetch });
        const files = await reader.open(model.key).catch(() => undefined);
        const usable = (await reader.list())[0]?.usableDtypes ?? [];
        expect(files !== undefined).toBe(usable.length > 0);
        if (files) for (const [path, hash] of Object.entries(await readAll(reader, model))) {
          const isNeeded = !path.startsWith('onnx/') || (path.includes('quantized') ? usable.includes('q8') : usable.includes('fp16'));
          if (isNeeded) expect([path, hash]).toEqual([path, model.manifest.files.find((file) => file.path === path)?.sha256]);
        }
      }
      const { store } = createTestStore({ contents, fetch });
      await install(store, model, ['q8', 'fp16']);
      expect(await readAll(store, model)).toEqual(rightHashes(model));
      expect([...contents.keys()].filter((path) => path.includes('/parts/') || path.endsWith('wanted.json'))).toEqual([]);
    }), { numRuns: 120 });
  });

  it('sweeps away what no record speaks for', async () => {
    const contents: ShelfContents = new Map([[`team/x/${'1'.repeat(40)}/files/config.json`, new Uint8Array(4)]]);
    const { store } = createTestStore({ contents });
    expect(await store.list()).toEqual([]);
    expect(contents.size).toBe(0);
  });
});

describe('model store: sources', () => {
  const model = makeModel('team/far', 4_000);

  it('asks only this server for a model that is not of the hub', async () => {
    const { fetch, requests } = createFakeFetch([]);
    const { store } = createTestStore({ fetch, hub: hubUrl });
    await expect(install(store, model)).rejects.toMatchObject({ code: 'model/missing' });
    expect(requests.every(({ url }) => url.startsWith(baseUrl))).toBe(true);
  });

  it('resolves an entry at the hub, keeps its commit, and takes what this server lacks from there', async () => {
    const { files: _files, commit: _commit, ...rest } = model.manifest;
    const entry = { ...rest, commit: 'main', files: [], isUnresolved: true as const };
    const key = 'team/far@main' as TestModel['key'];
    const { fetch, requests } = createFakeFetch([model], (url) => (url.origin === 'http://app.test' ? new Response('', { status: 404 }) : undefined));
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return { manifest: model.manifest, small: new Map([['config.json', model.content.get('config.json')!]]) };
    };
    const { store } = createTestStore({ fetch, hub: hubUrl, resolve });
    await (await store.begin(entry, ['q8'])).done;
    await (await store.begin(entry, ['q8'])).done;
    expect(asked).toBe(1);
    expect(requests.filter(({ url }) => url.startsWith(baseUrl))).toHaveLength(1);
    expect(requests.some(({ url }) => url.endsWith('config.json'))).toBe(false);
    expect((await store.open(key)).manifest.commit).toBe(model.manifest.commit);
    expect((await store.list())[0]).toMatchObject({ key, origin: 'hub', isWhole: true });
  });
});
