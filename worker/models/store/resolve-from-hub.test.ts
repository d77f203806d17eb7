import { assert, asyncProperty, constantFrom, jsonValue } from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { modelCatalogue } from '#core/models/model-catalogue.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { createHubResolver } from './resolve-from-hub.ts';
import { hashOf, makeBytes } from './test-store/store-world.ts';

const commit = 'c0ffee'.padEnd(40, '0');
const gitBlobId = (bytes: Uint8Array) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** A repository of the hub: files, of which those over 600 bytes are kept by Git LFS. */
function makeHub(files: Record<string, Uint8Array>, change: (path: string) => Response | undefined = () => undefined) {
  const asked: string[] = [];
  const tree = Object.entries(files).map(([path, bytes]) => ({
    type: 'file', path, size: bytes.length, oid: gitBlobId(bytes), ...(bytes.length > 600 && { lfs: { oid: hashOf(bytes), size: bytes.length, pointerSize: 130 } }),
  }));
  const answer = async (input: string | URL | Request) => {
    const { pathname, host } = new URL(input instanceof Request ? input.url : String(input));
    asked.push(`${host}${pathname}`);
    const changed = change(pathname);
    if (changed) return changed;
    if (pathname.includes('/revision/')) return Response.json({ sha: commit, siblings: [] });
    if (pathname.includes('/tree/')) return Response.json([{ type: 'directory', path: 'onnx', size: 0, oid: '0'.repeat(40) }, ...tree]);
    const bytes = files[pathname.split(`/resolve/${commit}/`)[1] ?? ''];
    return bytes ? new Response(bytes as Uint8Array<ArrayBuffer>) : new Response('', { status: 404 });
  };
  return { fetch: answer as typeof fetch, asked };
}

const entryOf = (id: string) => modelCatalogue.find((manifest) => manifest.id === id && manifest.isUnresolved)!;
const arctic = entryOf('Snowflake/snowflake-arctic-embed-xs');
const qwen = entryOf('mlc-ai/Qwen3-0.6B-q4f16_1-MLC');
const repository = {
  'config.json': makeBytes(300, 1), 'tokenizer.json': makeBytes(500, 2), 'tokenizer_config.json': makeBytes(50, 3), 'README.md': makeBytes(900, 4), 'model.safetensors': makeBytes(9_000, 5), 'modeling.py': makeBytes(90, 5),
  'onnx/model_quantized.onnx': makeBytes(2_000, 6), 'onnx/model_fp16.onnx': makeBytes(4_000, 7), 'onnx/model_fp16.onnx_data': makeBytes(8_000, 8), 'onnx/model_fp16.onnx_data_1': makeBytes(700, 9), 'onnx/model_fp16.onnx_dataset': makeBytes(700, 9),
};
const resolver = (hub: { fetch: typeof fetch }, origin: string | null = 'https://hub.test') => createHubResolver({ hub: origin, baseUrl: 'http://app.test/', fetch: hub.fetch });
const signal = new AbortController().signal;
const resolve = (hub: { fetch: typeof fetch }, entry: ModelManifest = arctic, dtypes: Parameters<ReturnType<typeof createHubResolver>>[1] = ['q8'], at?: string) => resolver(hub)(entry, dtypes, signal, at);

describe('resolving a model at the hub', () => {
  it('takes the commit, the files the dtype needs, their sizes and hashes', async () => {
    const hub = makeHub(repository);
    const { manifest, small } = await resolve(hub);
    expect(manifest).toMatchObject({ id: arctic.id, commit, embed: arctic.embed, variants: [{ dtype: 'q8', files: ['onnx/model_quantized.onnx'] }] });
    expect(manifest.isUnresolved).toBeUndefined();
    expect(manifest.files.map(({ path }) => path).sort()).toEqual(['config.json', 'onnx/model_quantized.onnx', 'tokenizer.json', 'tokenizer_config.json']);
    for (const { path, bytes, sha256 } of manifest.files) expect([bytes, sha256]).toEqual([repository[path as 'config.json'].length, hashOf(repository[path as 'config.json'])]);
    expect([...small.keys()].sort()).toEqual(['config.json', 'tokenizer.json', 'tokenizer_config.json']);
    expect(hub.asked.every((address) => address.startsWith('hub.test/'))).toBe(true);
  });

  it('brings weights that lie beside the graph, and nothing else', async () => {
    const { manifest } = await resolve(makeHub(repository), arctic, ['fp16']);
    expect(manifest.variants[0]?.files).toEqual(['onnx/model_fp16.onnx', 'onnx/model_fp16.onnx_data', 'onnx/model_fp16.onnx_data_1']);
  });

  it('stays with a commit it is given', async () => {
    const hub = makeHub(repository);
    await resolve(hub, arctic, ['q8'], commit);
    expect(hub.asked.some((address) => address.includes('/revision/'))).toBe(false);
  });

  it('takes shards from the hub and the compiled library from this server', async () => {
    const library = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    const files = { 'mlc-chat-config.json': makeBytes(200, 1), 'tensor-cache.json': makeBytes(500, 2), 'tokenizer.json': makeBytes(2_000, 2), 'params_shard_0.bin': makeBytes(3_000, 3), 'params_shard_1.bin': makeBytes(3_000, 4), 'vocab.json': makeBytes(100, 1) };
    const hub = makeHub(files, (path) => (path.startsWith('/mlc/') ? new Response(library) : undefined));
    const { manifest, small } = await resolve(hub, qwen, ['q4f16_1']);
    expect(manifest.files.map(({ path }) => path)).toEqual(['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json', 'params_shard_0.bin', 'params_shard_1.bin', 'mlc/0.2.86/Qwen3-0.6B-q4f16_1_cs1k-webgpu.wasm']);
    expect(small.get('mlc/0.2.86/Qwen3-0.6B-q4f16_1_cs1k-webgpu.wasm')).toEqual(library);
    expect(hub.asked.filter((address) => address.startsWith('app.test/'))).toEqual(['app.test/mlc/0.2.86/Qwen3-0.6B-q4f16_1_cs1k-webgpu.wasm']);
    for (const bad of [new Response('<html>'), new Response('', { status: 404 })]) {
      await expect(resolve(makeHub(files, (path) => (path.startsWith('/mlc/') ? bad.clone() : undefined)), qwen, ['q4f16_1'])).rejects.toMatchObject({ code: 'model/missing' });
    }
  });

  it('names what is missing: the hub, the model, its files, a dtype', async () => {
    await expect(resolver(makeHub(repository), null)(arctic, ['q8'], signal)).rejects.toMatchObject({ code: 'model/missing' });
    await expect(resolve(makeHub(repository, () => new Response('', { status: 404 })))).rejects.toMatchObject({ code: 'model/missing' });
    const { 'tokenizer.json': _tokenizer, ...without } = repository;
    await expect(resolve(makeHub(without))).rejects.toMatchObject({ code: 'model/missing', detail: { path: 'tokenizer.json' } });
    await expect(resolve(makeHub(repository), arctic, ['fp32'])).rejects.toMatchObject({ code: 'model/missing', detail: { path: 'onnx/model.onnx' } });
  });

  it('is offline without network and when the hub has trouble', async () => {
    await expect(resolve({ fetch: async () => Promise.reject(new TypeError('failed to fetch')) })).rejects.toMatchObject({ code: 'offline' });
    await expect(resolve(makeHub(repository, () => new Response('', { status: 503 })))).rejects.toMatchObject({ code: 'offline' });
    const silent = createHubResolver({ hub: 'https://hub.test', baseUrl: 'http://app.test/', timeoutMs: 20, fetch: (_url, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))) });
    await expect(silent(arctic, ['q8'], signal)).rejects.toMatchObject({ code: 'offline' });
  });

  it('refuses small files that are not what the tree says', async () => {
    const hub = makeHub(repository, (path) => (path.endsWith('/tokenizer.json') ? new Response(makeBytes(500, 99) as Uint8Array<ArrayBuffer>) : undefined));
    await expect(resolve(hub)).rejects.toMatchObject({ code: 'model/corrupt', detail: { path: 'tokenizer.json' } });
    const longer = makeHub(repository, (path) => (path.endsWith('/tokenizer.json') ? new Response(makeBytes(50_000, 99) as Uint8Array<ArrayBuffer>) : undefined));
    await expect(resolve(longer)).rejects.toMatchObject({ code: 'model/invalid' });
  });

  it('refuses an answer without end', async () => {
    let sent = 0;
    const endless = () => new Response(new ReadableStream({ pull: (controller) => {
      sent += 1;
      controller.enqueue(new Uint8Array(1e6).fill(32));
    } }));
    await expect(resolve(makeHub(repository, (path) => (path.includes('/revision/') ? endless() : undefined)))).rejects.toMatchObject({ code: 'model/invalid' });
    expect(sent).toBeLessThan(12);
  });

  it('refuses hostile trees by a named error', async () => {
    const file = { type: 'file', path: 'config.json', size: 5, oid: '0'.repeat(40) };
    const cases: [unknown, string][] = [
      [{ error: 'no' }, 'hub.tree'], [[{ ...file, oid: 'xyz' }], 'hub.tree[0].oid'], [[{ ...file, size: -1 }], 'hub.tree[0].size'], [[{ ...file, size: '5' }], 'hub.tree[0].size'],
      [[{ ...file, lfs: { oid: '../..', size: 5 } }], 'hub.tree[0].lfs.oid'], [[{ ...file, path: 'a\u0000b' }], 'hub.tree[0].path'],
    ];
    for (const [tree, field] of cases) {
      await expect(resolve(makeHub(repository, (path) => (path.includes('/tree/') ? Response.json(tree) : undefined)))).rejects.toMatchObject({ code: 'model/invalid', detail: { field } });
    }
    await expect(resolve(makeHub(repository, (path) => (path.includes('/revision/') ? Response.json({ sha: 'main' }) : undefined)))).rejects.toMatchObject({ code: 'model/invalid' });
  });

  it('ends every answer in a manifest or a named error', async () => {
    await assert(asyncProperty(constantFrom('/revision/', '/tree/'), jsonValue(), async (where, json) => {
      const hub = makeHub(repository, (path) => (path.includes(where) ? Response.json(json) : undefined));
      await expect(resolve(hub)).rejects.toMatchObject({ name: 'AppError' });
    }), { numRuns: 60 });
  });
});
