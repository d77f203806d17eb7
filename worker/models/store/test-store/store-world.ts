import { createHash } from 'node:crypto';
import type { Sha256 } from '#core/ids.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { createModelStore } from '../create-model-store.ts';
import type { ModelStoreOptions } from '../create-model-store.ts';
import { createMemoryShelf } from '../memory-shelf.ts';
import type { ShelfContents } from '../memory-shelf.ts';
import { createLocalModelLock } from '../model-lock.ts';
import { createModelSources } from '../model-sources.ts';
import type { ModelStoreEvent } from '../model-store.ts';

export const baseUrl = 'http://app.test/';
export const hubUrl = 'http://hub.test';

export function hashOf(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

/** Bytes that look random and are the same each time. */
export function makeBytes(length: number, seed: number): Uint8Array {
  let state = seed * 2_654_435_761;
  return Uint8Array.from({ length }, () => (state = (state * 1_664_525 + 1_013_904_223) >>> 0) >>> 24);
}

export type TestModel = { manifest: ModelManifest; key: ModelKey; content: Map<string, Uint8Array> };

/** An embedder with two variants; files of `size` and twice as many bytes, and small ones. */
export function makeModel(id = 'team/small', size = 5_000, seed = 1): TestModel {
  const content = new Map([
    ['config.json', new TextEncoder().encode(`{"seed":${seed}}`)],
    ['tokenizer.json', makeBytes(700, seed + 1)],
    ['onnx/model_quantized.onnx', makeBytes(size, seed + 2)],
    ['onnx/model_fp16.onnx', makeBytes(size * 2, seed + 3)],
  ]);
  const manifest: ModelManifest = {
    id,
    commit: createHash('sha1').update(`${id}${seed}`).digest('hex'),
    title: 'Small',
    task: 'embed',
    engine: 'transformers',
    licence: { name: 'Apache-2.0' },
    parameters: 1000,
    files: [...content].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: hashOf(bytes) })),
    variants: [
      { dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: 1000 },
      { dtype: 'fp16', devices: ['webgpu'], files: ['onnx/model_fp16.onnx'], memoryBytes: 1000 },
    ],
    embed: { pooling: 'mean', queryPrefix: '', passagePrefix: '', dims: 4, maxTokens: 32, keywordWeight: 0.5, canaries: [] },
  };
  return { manifest, key: modelKey(manifest), content };
}

/** A server that has the models' files, with ranges, in pieces of 512 bytes; `intercept` may answer first. */
export function createFakeFetch(models: readonly TestModel[], intercept: (url: URL, init: RequestInit) => Response | Promise<Response> | undefined = () => undefined) {
  const requests: { url: string; range: string | null }[] = [];
  const fetchFile = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const range = new Headers(init.headers).get('range');
    requests.push({ url: url.href, range });
    init.signal?.throwIfAborted();
    const answer = await intercept(url, init);
    if (answer) return answer;
    const bytes = models.map(({ manifest, content }) => content.get(url.pathname.split(`/${manifest.id}/resolve/${manifest.commit}/`)[1] ?? '')).find((found) => found);
    if (!bytes) return new Response('not here', { status: 404 });
    const from = Number(/^bytes=(\d+)-$/u.exec(range ?? '')?.[1] ?? 0);
    if (from > 0 && from >= bytes.length) return new Response('', { status: 416 });
    const headers = { etag: `"${hashOf(bytes)}"`, ...(from > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }) };
    return new Response(inPieces(bytes.subarray(from)), { status: from > 0 ? 206 : 200, headers });
  };
  return { fetch: fetchFile, requests };
}

/** A body that comes in pieces; after the last it ends, breaks off, or never goes on. */
export function inPieces(bytes: Uint8Array, end: 'close' | 'break' | 'hang' = 'close', pieceBytes = 512): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += pieceBytes)));
      else if (end === 'close') controller.close();
      else if (end === 'break') controller.error(new TypeError('network error'));
      else return new Promise(() => undefined);
    },
  }, { highWaterMark: 0 });
}

/** A store that waits for nothing, and what it told. */
export function createTestStore(options: Partial<ModelStoreOptions> & { contents?: ShelfContents; hub?: string | null } = {}) {
  const events: ModelStoreEvent[] = [];
  const { contents, hub = null, ...rest } = options;
  const store = createModelStore({
    shelf: createMemoryShelf(contents),
    sources: createModelSources(baseUrl, hub),
    resolve: async () => Promise.reject(new Error('no hub here')),
    onEvent: (event) => events.push(event),
    lock: createLocalModelLock(),
    estimate: async () => ({ usage: 0, quota: 1e12 }),
    policy: { stallMs: 60, firstDelayMs: 0, mostDelayMs: 0 },
    ...rest,
  });
  return { store, events, phases: () => events.map(({ phase }) => phase).filter((phase, at, all) => phase !== all[at - 1]) };
}
