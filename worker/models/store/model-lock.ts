import { AppError } from '#core/errors/app-error.ts';

/**
 * Runs `run` while no other realm changes the model. Errors: `conflict` where another one goes on doing so; the signal's
 * reason when it is aborted while waiting.
 */
export type ModelLock = <T>(key: string, signal: AbortSignal, run: () => Promise<T>) => Promise<T>;

/** By Web Locks, for all tabs and workers of the origin. A realm that ends lets go of its locks. */
export function createWebModelLock(patienceMs = 5_000): ModelLock {
  return async (key, signal, run) => {
    const patience = AbortSignal.timeout(patienceMs);
    let isHeld = false;
    try {
      return await navigator.locks.request(`alcove-model:${key}`, { signal: AbortSignal.any([signal, patience]) }, () => {
        isHeld = true;
        return run();
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!isHeld && patience.aborted) throw new AppError('conflict', 'another tab is busy with this model', { cause: error });
      throw error;
    }
  };
}

/** Within one realm, for tests and for programs that are alone with their files. */
export function createLocalModelLock(): ModelLock {
  const last = new Map<string, Promise<unknown>>();
  return async (key, signal, run) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(() => {
      signal.throwIfAborted();
      return run();
    });
    last.set(key, mine.catch(() => undefined));
    return mine;
  };
}
