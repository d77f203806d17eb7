import { cacheNames, clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { answerRequest } from './answer-request.ts';
import { carryOnDemandOver, dropOldOnDemand } from './on-demand.ts';
import { withPolicy } from './policy-revision.ts';
import { keepPreviousBuild } from './previous-build.ts';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: PrecacheEntry[];
  /** Addresses of the build's files that are kept when they are first used. */
  __ON_DEMAND: string[];
  /** Put first in this file by a server whose content security policy is not the usual one. */
  ALCOVE_POLICY?: string;
};

const precache = new PrecacheController();
const onDemand = self.__ON_DEMAND;
precache.addToCacheList(withPolicy(self.__WB_MANIFEST, self.ALCOVE_POLICY));

self.addEventListener('install', (event) => {
  // The old build's entries go when this one is activated, so they are copied while both are there.
  event.waitUntil(keepPreviousBuild(cacheNames.precache).then(() => Promise.all([precache.install(event), carryOnDemandOver(onDemand)])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([precache.activate(event), dropOldOnDemand(onDemand)]));
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
