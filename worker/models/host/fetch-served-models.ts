import { checkServedModels } from '#core/models/check-model-manifest.ts';
import type { ServedModels } from '#core/models/served-model.ts';
import { readBounded } from '../store/read-bounded.ts';

const mostBytes = 16e6;
const limitMs = 5_000;
const cacheName = 'alcove-served-models';

/**
 * What this server offers, by its `/models/manifest.json`; without a network what it said last. `undefined` where neither
 * is to be had, as with a plain static host.
 */
export async function fetchServedModels(baseUrl: string): Promise<ServedModels | undefined> {
  const url = new URL('models/manifest.json', baseUrl).href;
  const cache = await caches.open(cacheName).catch(() => undefined);
  try {
    const response = await fetch(url, { cache: 'no-cache', signal: AbortSignal.timeout(limitMs) });
    if (!response.ok) return undefined;
    const bytes = await readBounded(response, mostBytes);
    const served = read(bytes);
    await cache?.put(url, new Response(bytes)).catch(() => undefined);
    return served;
  } catch {
    const kept = await cache?.match(url).catch(() => undefined);
    return kept === undefined ? undefined : readKept(new Uint8Array(await kept.arrayBuffer()));
  }
}

function read(bytes: Uint8Array): ServedModels {
  return checkServedModels(JSON.parse(new TextDecoder().decode(bytes)));
}

function readKept(bytes: Uint8Array): ServedModels | undefined {
  try {
    return read(bytes);
  } catch {
    return undefined;
  }
}
