import type { ModelFiles } from '../model-files.ts';

/** The part of `CacheStorage` that web-llm 0.2.86 uses (its `ArtifactCache`): `open`, then `match`, `add`, `keys`, `delete`. */
export type ModelCacheStorage = { open(name: string): Promise<ModelCache> };

export type ModelCache = {
  match(request: RequestInfo | URL): Promise<Response | undefined>;
  /** Called only for what `match` did not find. Errors: always, as nothing is fetched. */
  add(request: RequestInfo | URL): Promise<void>;
  keys(): Promise<Request[]>;
  delete(request: RequestInfo | URL): Promise<boolean>;
};

/**
 * Stands in for `self.caches` in a worker, so that web-llm finds a model's stored, verified files in what it takes for its
 * own caches, and keeps no second copy. `urlOf` gives the address by which web-llm will ask for a file of the manifest: its
 * shards, tokenizer and configuration below `.../resolve/<commit>/`, the compiled library by its `model_lib`. Every scope
 * (`webllm/config`, `webllm/model`, `webllm/wasm`) has all files. An address that is no file's fails as a request without
 * network does; deleting does nothing, for files are the model store's.
 */
export function createModelCacheStorage(files: ModelFiles, urlOf: (path: string) => string): ModelCacheStorage {
  const paths = new Map(files.manifest.files.map(({ path }) => [new URL(urlOf(path)).href, path]));
  const cache: ModelCache = {
    async match(request) {
      const path = paths.get(addressOf(request));
      const blob = path === undefined ? undefined : await files.read(path);
      return blob && new Response(blob, { headers: { 'content-length': String(blob.size) } });
    },
    add: async (request) => {
      throw new TypeError(`${addressOf(request)} is not among the model's stored files`);
    },
    keys: async () => [...paths.keys()].map((url) => new Request(url)),
    delete: async () => false,
  };
  return { open: async () => cache };
}

function addressOf(request: RequestInfo | URL): string {
  return request instanceof Request ? request.url : new URL(request).href;
}
