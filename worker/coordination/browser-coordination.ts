import type { Coordination, PeerMessage } from './coordination.ts';

/**
 * Coordination by Web Locks (leadership, and a lock per engine as its sign of life) and a BroadcastChannel. Both end with
 * the realm, so a crash releases them. Resolves once this engine's own lock is held.
 */
export async function createBrowserCoordination(scope: string, engine: string): Promise<Coordination> {
  const channel = new BroadcastChannel(`alcove-engines:${scope}`);
  await new Promise<void>((resolve, reject) => {
    const held = navigator.locks.request(engine, () => {
      resolve();
      return new Promise<never>(() => undefined);
    });
    held.catch(reject);
  });
  return {
    engine,
    lead: (run) => void navigator.locks.request(`alcove-leader:${scope}`, run),
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    post: (message) => channel.postMessage(message),
    onMessage: (listener) => channel.addEventListener('message', (event: MessageEvent<PeerMessage>) => listener(event.data)),
    liveEngines: async () => new Set(((await navigator.locks.query()).held ?? []).map((lock) => lock.name ?? '')),
    whenGone: (other) => navigator.locks.request(other, { mode: 'shared' }, () => undefined),
  };
}
