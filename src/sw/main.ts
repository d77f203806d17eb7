import { cacheNames, clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { answerRequest } from './answer-request.ts';
import { keepPreviousBuild } from './previous-build.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };

const precache = new PrecacheController();
precache.addToCacheList(self.__WB_MANIFEST);

self.addEventListener('install', (event) => {
  // The old build's entries go when this one is activated, so they are copied while both are there.
  event.waitUntil(keepPreviousBuild(cacheNames.precache).then(() => precache.install(event)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(precache.activate(event));
});

// A waiting worker takes over only when the person has agreed to the update.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  event.respondWith(answerRequest(event, precache));
});

clientsClaim();
cleanupOutdatedCaches();
