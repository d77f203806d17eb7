import { createId, type AnswerId } from '#core/ids.ts';
import type { EngineWorker } from './engine-bridge.ts';

/**
 * Starts the engine's worker, on the usual database or another. It holds a Web Lock of its own name for as long as it lives, so that waiting for that lock
 * is waiting for its end: no browser reports a worker that was killed.
 */
export function startEngineWorker(database = 'alcove'): EngineWorker {
  const name = `alcove-engine:${createId<AnswerId>()}@${database}`;
  const worker = new Worker(new URL('../../../worker/main.ts', import.meta.url), { type: 'module', name });
  const waiting = new AbortController();
  return {
    endpoint: worker,
    failed: new Promise((resolve) => {
      worker.addEventListener('error', (event) => resolve(event.message || 'the engine could not be started'));
      worker.addEventListener('messageerror', () => resolve('a message could not be read'));
    }),
    watch: () =>
      new Promise((resolve) => {
        navigator.locks
          .request(name, { mode: 'shared', signal: waiting.signal }, () => resolve('the engine ended'))
          .catch(() => undefined);
      }),
    terminate: () => {
      waiting.abort();
      worker.terminate();
    },
  };
}
