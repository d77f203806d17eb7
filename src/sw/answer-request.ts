import type { PrecacheController } from 'workbox-precaching';
import { isOnDemand, keepOnDemand, matchOnDemand } from './on-demand.ts';
import { matchPreviousBuild } from './previous-build.ts';
import { logRequest, readAirGap, type RequestRecord } from './request-log.ts';

const pageRoutes = /^\/(?:$|c\/|chat\/|(?:models|bench|settings|team|join)\/?$)/;

/**
 * Answers every request of the page and its workers: from the build's own files, else from the network unless the
 * person has switched it off; and writes down which it was.
 */
export async function answerRequest(event: FetchEvent, precache: PrecacheController): Promise<Response> {
  const stored = await fromBuild(event.request, precache);
  if (stored) {
    record(event, 'cache');
    return stored;
  }
  if (await isAirGapped()) {
    record(event, 'blocked');
    return Response.error();
  }
  try {
    const response = await fetch(event.request);
    record(event, 'network');
    if (isKeptFile(event.request)) event.waitUntil(keepOnDemand(event.request, response.clone()));
    return response;
  } catch {
    record(event, 'failed');
    return Response.error();
  }
}

async function fromBuild(request: Request, precache: PrecacheController): Promise<Response | undefined> {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return undefined;
  const isPage = request.mode === 'navigate' && pageRoutes.test(url.pathname);
  const key = precache.getCacheKeyForURL(isPage ? '/index.html' : url.pathname);
  const current = key === undefined ? undefined : await caches.match(key);
  return current ?? (await matchOnDemand(request)) ?? (await matchPreviousBuild(request));
}

function isKeptFile({ method, url }: Request): boolean {
  const { origin, pathname } = new URL(url);
  return method === 'GET' && origin === self.location.origin && isOnDemand(pathname);
}

/** A ledger that cannot be read must not let through what it may have been told to stop. */
async function isAirGapped(): Promise<boolean> {
  try {
    return await readAirGap();
  } catch {
    return true;
  }
}

function record(event: FetchEvent, outcome: RequestRecord['outcome']): void {
  const { url, method, destination } = event.request;
  const entry: RequestRecord = { at: Date.now(), url, method, outcome };
  if (destination !== '') entry.initiator = destination;
  event.waitUntil(logRequest(entry).catch(() => {}));
}
