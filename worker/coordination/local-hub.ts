import type { Coordination, PeerMessage } from './coordination.ts';

/** Coordination of engines within one realm, for programs without Web Locks and for tests. */
export function createLocalHub() {
  const listeners = new Map<string, (message: PeerMessage) => void>();
  const alive = new Set<string>();
  let leaders: Promise<void> = Promise.resolve();

  const join = (engine: string): Coordination => {
    alive.add(engine);
    return {
      engine,
      lead: (run) => {
        leaders = leaders.then(run, run);
      },
      post: (message) => {
        for (const [name, listener] of listeners) {
          if (name !== engine && alive.has(engine)) queueMicrotask(() => alive.has(name) && listener(structuredClone(message)));
        }
      },
      onMessage: (listener) => void listeners.set(engine, listener),
      liveEngines: async () => new Set(alive),
    };
  };

  /** Ends an engine as a crash would: it hears nothing more, and another may lead. */
  const kill = (engine: string): void => {
    alive.delete(engine);
    listeners.delete(engine);
    leaders = Promise.resolve();
  };

  return { join, kill };
}
