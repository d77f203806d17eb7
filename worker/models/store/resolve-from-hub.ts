import { createSHA1 } from 'hash-wasm';
import { AppError } from '#core/errors/app-error.ts';
import { chooseModelFiles } from '#core/models/choose-model-files.ts';
import { checkModelManifest } from '#core/models/check-model-manifest.ts';
import { checkRevision } from '#core/models/model-path.ts';
import { objectAt } from '#core/models/checked-json.ts';
import type { ModelDtype, ModelFile, ModelManifest } from '#core/models/model-manifest.ts';
import { libraryPath } from '#core/models/web-llm-library.ts';
import { sha256 } from '#core/segment/sha256.ts';
import { readHubTree } from './read-hub-tree.ts';
import type { HubFile } from './read-hub-tree.ts';
import { readBounded } from './read-bounded.ts';
import { escapePath } from './model-sources.ts';

/** A manifest with its files, and the bytes of those that had to be fetched to know their SHA-256. */
export type ResolvedModel = { manifest: ModelManifest; small: Map<string, Uint8Array> };

/**
 * Finds out what an unresolved entry is made of for these dtypes, at the commit given or the newest. Errors: `offline`,
 * `model/missing` (the hub is kept off, or has no such model or variant), `model/invalid` (it answered nonsense),
 * `model/corrupt`.
 */
export type ResolveModel = (entry: ModelManifest, dtypes: readonly ModelDtype[], signal: AbortSignal, commit?: string) => Promise<ResolvedModel>;

export type HubOptions = {
  /** The hub's origin; `null` where it is kept off. */
  hub: string | null;
  /** The app's address, where compiled libraries of web-llm lie. */
  baseUrl: string;
  fetch?: typeof fetch;
  timeoutMs?: number;
};

const mostSmallBytes = 32e6;
const mostLibraryBytes = 64e6;

/**
 * Resolves by the hub's own API: a commit, then the tree of that commit. Large files come with their SHA-256 (as Git LFS
 * names them); of small ones the hub tells the git blob id, so they are fetched, checked by it, and hashed here.
 */
export function createHubResolver({ hub, baseUrl, timeoutMs = 20_000, fetch: ask = fetch.bind(globalThis) }: HubOptions): ResolveModel {
  return async (entry, dtypes, signal, atCommit) => {
    if (hub === null) throw new AppError('model/missing', 'this server keeps the hub off', { detail: { key: entry.id } });
    const get = async (url: string, mostBytes: number) => readBounded(await request(ask, url, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]), signal), mostBytes);
    const commit = atCommit ?? (await readCommit(get, `${hub}/api/models/${entry.id}/revision/${escapePath(entry.commit)}`));
    const tree = await readHubTree((url) => get(url, 8e6), `${hub}/api/models/${entry.id}/tree/${commit}?recursive=true`);
    const { files: chosen, variants } = chooseModelFiles(entry, dtypes, tree);
    const small = new Map<string, Uint8Array>();
    const files: ModelFile[] = [];
    for (const file of chosen) files.push(file.sha256 ? { path: file.path, bytes: file.bytes, sha256: file.sha256 } : await fetchSmall(file));
    const library = libraryPath(entry);
    if (library !== undefined) files.push(await fetchLibrary(library));
    const { isUnresolved: _done, ...known } = entry;
    return { manifest: checkModelManifest({ ...known, commit, files, variants }), small };

    async function fetchSmall(file: HubFile): Promise<ModelFile> {
      if (file.bytes > mostSmallBytes) throw new AppError('model/invalid', `${file.path} is large and has no SHA-256`);
      const bytes = await get(`${hub}/${entry.id}/resolve/${commit}/${escapePath(file.path)}`, file.bytes);
      if ((await gitBlobId(bytes)) !== file.blobId) throw new AppError('model/corrupt', `${file.path} is not what the hub says it is`, { detail: { path: file.path } });
      small.set(file.path, bytes);
      return { path: file.path, bytes: bytes.length, sha256: await sha256(bytes) };
    }

    /** Nobody publishes a hash of it: it is believed as this server's own files are, and kept as it was at first. */
    async function fetchLibrary(path: string): Promise<ModelFile> {
      const bytes = await get(new URL(path, baseUrl).href, mostLibraryBytes);
      if (bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) throw new AppError('model/missing', `this server has no ${path}`, { detail: { path } });
      small.set(path, bytes);
      return { path, bytes: bytes.length, sha256: await sha256(bytes) };
    }
  };
}

async function readCommit(get: (url: string, mostBytes: number) => Promise<Uint8Array>, url: string): Promise<string> {
  const { sha } = objectAt(parseJson(await get(url, 4e6)), 'hub.revision');
  const commit = checkRevision(sha, 'hub.revision.sha');
  if (!/^[0-9a-f]{40}$/u.test(commit)) throw new AppError('model/invalid', 'hub.revision.sha must be 40 hex characters', { detail: { field: 'hub.revision.sha' } });
  return commit;
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new AppError('model/invalid', 'the hub did not answer with JSON', { cause: error, detail: { field: 'hub' } });
  }
}

async function request(ask: typeof fetch, url: string, timed: AbortSignal, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await ask(url, { signal: timed, cache: 'no-store', referrerPolicy: 'no-referrer', credentials: 'omit' });
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError('offline', 'the hub could not be reached', { cause: error });
  }
  if (response.ok) return response;
  void response.body?.cancel().catch(() => undefined);
  const code = response.status >= 500 || response.status === 429 ? 'offline' : 'model/missing';
  throw new AppError(code, `${new URL(url).pathname} was answered with ${response.status}`);
}

/** What git calls a file of these bytes: SHA-1 of `blob <size>`, a zero byte and the bytes. */
async function gitBlobId(bytes: Uint8Array): Promise<string> {
  const hasher = await createSHA1();
  hasher.init();
  hasher.update(`blob ${bytes.length}\0`);
  hasher.update(bytes);
  return hasher.digest('hex');
}

