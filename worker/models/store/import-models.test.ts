import { strToU8, zipSync } from 'fflate';
import { assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentRevision } from '#core/models/content-revision.ts';
import type { GivenFile } from './model-store.ts';
import { createTestStore, makeModel } from './test-store/store-world.ts';
import type { TestModel } from './test-store/store-world.ts';

const noNetwork = { fetch: (async () => Promise.reject(new TypeError('no network'))) as typeof fetch };
const blobOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);
const folderOf = ({ content }: TestModel, folder: string, without: string[] = []): GivenFile[] =>
  [...content].filter(([path]) => !without.includes(path)).map(([path, bytes]) => ({ path: `${folder}${path}`, file: blobOf(bytes) }));
const description = ({ manifest: { commit: _commit, files: _files, ...rest } }: TestModel) => new Blob([JSON.stringify(rest)]);

describe('importing models', () => {
  const model = makeModel('team/given', 5_000, 7);
  const other = makeModel('team/second', 3_000, 11);
  const known = [model.manifest, other.manifest];

  it.each(['team/given/', 'given/', '', 'C/any name/'])('knows a model by its bytes, whatever its folder is called (%j)', async (folder) => {
    const { store, phases } = createTestStore(noNetwork);
    expect(await store.importFiles(folderOf(model, folder), known)).toEqual([model.manifest]);
    expect(phases()).toEqual(['downloading', 'installed']);
    expect((await store.list())[0]).toMatchObject({ key: model.key, isWhole: true, dtypes: ['q8', 'fp16'], origin: 'files' });
    expect((await (await store.open(model.key)).read('onnx/model_fp16.onnx'))?.size).toBe(10_000);
  });

  it('takes one variant where only its files are given', async () => {
    const { store } = createTestStore(noNetwork);
    await store.importFiles(folderOf(model, '', ['onnx/model_fp16.onnx']), known);
    expect((await store.list())[0]).toMatchObject({ isWhole: true, dtypes: ['q8'] });
  });

  it('takes several models, beside files that are none', async () => {
    const { store } = createTestStore(noNetwork);
    const files = [...folderOf(model, 'models/team/given/'), ...folderOf(other, 'models/team/second/'), { path: 'readme.txt', file: new Blob(['hello']) }];
    expect((await store.importFiles(files, known)).map(({ id }) => id).sort()).toEqual(['team/given', 'team/second']);
  });

  it.each([0, 6] as const)('opens a zip archive (compression %i)', async (level) => {
    const { store } = createTestStore(noNetwork);
    const zip = zipSync(Object.fromEntries([...model.content].map(([path, bytes]) => [`given/${path}`, bytes])), { level });
    expect(await store.importFiles([{ path: 'given.zip', file: blobOf(zip) }], known)).toEqual([model.manifest]);
  });

  it('takes a model nobody knows by the description in its folder', async () => {
    const { store } = createTestStore(noNetwork);
    const [manifest] = await store.importFiles([...folderOf(model, 'x/'), { path: 'x/alcove-model.json', file: description(model) }, { path: 'x/golden.json', file: new Blob(['{}']) }], []);
    expect(manifest).toMatchObject({ id: 'team/given', commit: await contentRevision(model.manifest.files), task: 'embed' });
    expect(manifest?.files.map(({ path }) => path).sort()).toEqual([...model.content.keys()].sort());
    expect((await store.list())[0]).toMatchObject({ isWhole: true, origin: 'files' });
  });

  it('completes a model of which a part was fetched before', async () => {
    const contents = new Map<string, Uint8Array>();
    const { store } = createTestStore({ ...noNetwork, contents });
    await (await store.begin(model.manifest, ['fp16'])).done.catch(() => undefined);
    await store.importFiles(folderOf(model, '', ['onnx/model_fp16.onnx']), known);
    expect((await store.list())[0]).toMatchObject({ isWhole: true, dtypes: ['q8'] });
  });

  it('says which file is missing', async () => {
    const { store } = createTestStore(noNetwork);
    await expect(store.importFiles(folderOf(model, '', ['tokenizer.json']), known)).rejects.toMatchObject({ code: 'model/invalid', detail: { model: 'team/given', path: 'tokenizer.json' } });
  });

  it('says which file is damaged', async () => {
    const { store } = createTestStore(noNetwork);
    const files = folderOf(model, 'given/', ['onnx/model_fp16.onnx', 'onnx/model_quantized.onnx']);
    for (const bytes of [new Uint8Array(5_000), new Uint8Array(17)]) {
      const given = [...files, { path: 'given/onnx/model_quantized.onnx', file: blobOf(bytes) }];
      await expect(store.importFiles(given, known)).rejects.toMatchObject({ code: 'model/corrupt', detail: { path: 'onnx/model_quantized.onnx' } });
    }
    expect(await store.list()).toEqual([]);
  });

  it('says what was expected where there is no model', async () => {
    const { store } = createTestStore(noNetwork);
    for (const files of [[], [{ path: 'a.txt', file: new Blob(['a']) }]]) {
      await expect(store.importFiles(files, known)).rejects.toMatchObject({ code: 'model/invalid', message: expect.stringContaining('alcove-model.json') as string });
    }
  });

  it('refuses a description that lies or is no JSON, naming the field', async () => {
    const { store } = createTestStore(noNetwork);
    const given = (json: string) => store.importFiles([...folderOf(model, 'x/'), { path: 'x/alcove-model.json', file: new Blob([json]) }], []);
    await expect(given('nonsense')).rejects.toMatchObject({ code: 'model/invalid' });
    const { commit: _commit, files: _files, ...rest } = model.manifest;
    await expect(given(JSON.stringify({ ...rest, id: '../../x' }))).rejects.toMatchObject({ code: 'model/invalid', detail: { field: 'alcove-model.json.id' } });
    await expect(given(JSON.stringify({ ...rest, variants: [{ ...rest.variants[0], files: ['onnx/none.onnx'] }] }))).rejects.toMatchObject({ code: 'model/invalid' });
  });

  it('refuses without room before copying', async () => {
    const { store } = createTestStore({ ...noNetwork, estimate: async () => ({ usage: 0, quota: 1_000 }) });
    await expect(store.importFiles(folderOf(model, ''), known)).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await store.list()).toEqual([]);
  });

  it('refuses damaged archives and entries that inflate to more than they say', async () => {
    const { store } = createTestStore(noNetwork);
    const zip = zipSync({ 'given/config.json': strToU8('{}'.repeat(500)) });
    const lying = zip.slice();
    new DataView(lying.buffer).setUint32(zip.length - 22 - 46 - 'given/config.json'.length + 24, 700, true);
    const model700 = { ...model.manifest, files: model.manifest.files.map((file) => (file.path === 'tokenizer.json' ? { ...file, bytes: 700 } : file)) };
    await expect(store.importFiles([{ path: 'x.zip', file: blobOf(lying) }], [model700])).rejects.toMatchObject({ code: 'model/invalid' });
    await assert(asyncProperty(uint8Array({ maxLength: 60 }), integer({ min: 0, max: zip.length }), async (noise, at) => {
      const broken = zip.slice();
      broken.set(noise.subarray(0, zip.length - at), at);
      const cut = new Uint8Array([0x50, 0x4b, 3, 4, ...broken.subarray(4, Math.max(4, at))]);
      for (const bytes of [broken, cut]) await expect(store.importFiles([{ path: 'x.zip', file: blobOf(bytes) }], known)).rejects.toMatchObject({ name: 'AppError' });
    }), { numRuns: 60 });
  });
});
