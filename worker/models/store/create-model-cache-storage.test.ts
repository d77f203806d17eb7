import { describe, expect, it } from 'vitest';
import { createModelCacheStorage } from './create-model-cache-storage.ts';
import { makeModel } from './test-store/store-world.ts';

const { manifest, content } = makeModel();
const files = { manifest, read: async (path: string) => content.has(path) ? new Blob([content.get(path)! as Uint8Array<ArrayBuffer>]) : undefined };
const urlOf = (path: string) => `http://app.test/models/${manifest.id}/resolve/${manifest.commit}/${path}`;

describe('cache storage over stored files', () => {
  const open = () => createModelCacheStorage(files, urlOf).open('webllm/model');

  it('answers every address of a file, from any scope, and lists them', async () => {
    const storage = createModelCacheStorage(files, urlOf);
    for (const scope of ['webllm/config', 'webllm/model', 'webllm/wasm']) {
      const cache = await storage.open(scope);
      expect((await cache.keys()).map(({ url }) => url)).toEqual(manifest.files.map(({ path }) => urlOf(path)));
      for (const { path } of manifest.files) {
        const response = await cache.match(new Request(urlOf(path)));
        expect(new Uint8Array(await response!.arrayBuffer())).toEqual(content.get(path));
      }
    }
  });

  it('has nothing else, fetches nothing, and forgets nothing', async () => {
    const cache = await open();
    expect(await cache.match(new Request('http://app.test/other'))).toBeUndefined();
    await expect(cache.add(new Request('http://app.test/other'))).rejects.toThrow(TypeError);
    expect(await cache.delete(urlOf('config.json'))).toBe(false);
    expect(await cache.match(urlOf('config.json'))).toBeDefined();
  });

  it('is all that web-llm needs to find a model in its caches', async () => {
    const config = { ...manifest, files: ['tensor-cache.json', 'params_shard_0.bin'].map((path) => ({ ...manifest.files[0]!, path })) };
    const stored: Record<string, string> = { 'tensor-cache.json': JSON.stringify({ records: [{ dataPath: 'params_shard_0.bin' }] }), 'params_shard_0.bin': 'x' };
    const storage = createModelCacheStorage({ manifest: config, read: async (path) => (stored[path] === undefined ? undefined : new Blob([stored[path]])) }, urlOf);
    const { hasModelInCache } = await import('@mlc-ai/web-llm');
    const before = Object.getOwnPropertyDescriptor(globalThis, 'caches');
    Object.defineProperty(globalThis, 'caches', { value: storage, configurable: true });
    try {
      const record = { model: urlOf(''), model_id: 'm', model_lib: 'http://app.test/mlc/x.wasm' };
      expect(await hasModelInCache('m', { model_list: [record] })).toBe(true);
      expect(await hasModelInCache('m', { model_list: [{ ...record, model: 'http://app.test/models/other/x/resolve/main/' }] })).toBe(false);
    } finally {
      if (before) Object.defineProperty(globalThis, 'caches', before);
      else Reflect.deleteProperty(globalThis, 'caches');
    }
  });
});
