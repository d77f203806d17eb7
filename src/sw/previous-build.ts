const cacheName = 'alcove-previous-build';

/**
 * Copies the hashed files of the build now in use aside, so that a tab opened on it can still load its lazy parts after
 * the new build has taken over. One earlier build is kept.
 */
export async function keepPreviousBuild(precacheName: string): Promise<void> {
  const current = await caches.open(precacheName);
  const requests = (await current.keys()).filter((request) => new URL(request.url).pathname.startsWith('/assets/'));
  if (requests.length === 0) return;
  await caches.delete(cacheName);
  const previous = await caches.open(cacheName);
  for (const request of requests) {
    const response = await current.match(request);
    if (response) await previous.put(request, response);
  }
}

/** A file of the build before this one, where it is still kept. */
export async function matchPreviousBuild(request: Request): Promise<Response | undefined> {
  if (!(await caches.has(cacheName))) return undefined;
  // A file's address may have its revision behind it.
  return (await caches.open(cacheName)).match(request, { ignoreSearch: true });
}
