const cacheName = 'alcove-on-demand';
const retiredKey = '/retired';

/**
 * Files of the build that only models need, tens of megabytes of which a device uses a few: they are kept when they are
 * first fetched. Their addresses carry a version or a hash, so what is kept is never out of date.
 */
export function isOnDemand(path: string): boolean {
  return /^\/(?:ort|assets\/engines)\//.test(path);
}

export async function matchOnDemand({ url }: Request): Promise<Response | undefined> {
  return isOnDemand(new URL(url).pathname) ? (await caches.open(cacheName)).match(url) : undefined;
}

/** Keeps a whole answer. One that cannot be kept, as on a full disk, is fetched again the next time. */
export async function keepOnDemand({ url }: Request, response: Response): Promise<void> {
  if (response.status !== 200) return;
  await (await caches.open(cacheName)).put(url, response).catch(() => {});
}

/**
 * Fetches what takes the place of the kept files in a new build, `paths` being all on-demand files it has, so that a model
 * which ran without a network does so after the update. Rejects when a file cannot be had: the update then waits.
 */
export async function carryOnDemandOver(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  const kept = await keptPaths(cache);
  const used = new Set(kept.map(lastingName));
  await cache.addAll(paths.filter((path) => used.has(lastingName(path)) && !kept.includes(path)));
}

/** Drops what the build before the last had: a tab that is still open on the last one may yet load its parts. */
export async function dropOldOnDemand(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  const retired = ((await (await cache.match(retiredKey))?.json()) ?? []) as string[];
  const old = (await keptPaths(cache)).filter((path) => !paths.includes(path));
  for (const path of old) if (retired.includes(path)) await cache.delete(path);
  await cache.put(retiredKey, new Response(JSON.stringify(old.filter((path) => !retired.includes(path)))));
}

async function keptPaths(cache: Cache): Promise<string[]> {
  return (await cache.keys()).map(({ url }) => new URL(url).pathname).filter(isOnDemand);
}

/** A file's name without version and hash: the same file in every build. */
function lastingName(path: string): string {
  return path.replace(/^\/ort\/[^/]+\//, '/ort/').replace(/-[\w-]{8}(?=\.\w+$)/, '');
}
