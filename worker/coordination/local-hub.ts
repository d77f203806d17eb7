import type { Coordination, PeerMessage } from './coordination.ts';

type Candidate = { engine: string; run: () => Promise<void> };

/** Coordination of engines within one realm, where there are no Web Locks: in tests, and in programs that have one engine. */
export function createLocalHub() {
  const listeners = new Map<string, ((message: PeerMessage) => void)[]>();
  const mourners = new Map<string, (() => void)[]>();
  const alive = new Set<string>();
  const candidates: Candidate[] = [];
  let leader: Candidate | undefined;

  const elect = (): void => {
    const next = leader === undefined ? candidates.shift() : undefined;
    if (next === undefined) return;
    leader = next;
    const step = (): void => {
      if (leader === next) leader = undefined;
      elect();
    };
    next.run().then(step, step);
  };

  const join = (engine: string): Coordination => {
    alive.add(engine);
    return {
      engine,
      lead: (run) => {
        candidates.push({ engine, run });
        elect();
      },
      post: (message) => {
        if (!alive.has(engine)) return;
        for (const [name, told] of listeners) {
          if (name === engine) continue;
          for (const listener of told) queueMicrotask(() => alive.has(name) && listener(structuredClone(message)));
        }
      },
      onMessage: (listener) => void listeners.set(engine, [...(listeners.get(engine) ?? []), listener]),
      liveEngines: async () => new Set(alive),
      whenGone: (other) =>
        new Promise((resolve) => {
          if (alive.has(other)) mourners.set(other, [...(mourners.get(other) ?? []), resolve]);
          else resolve();
        }),
    };
  };

  /** Ends an engine as a crash would: it hears nothing more, and another may lead. */
  const kill = (engine: string): void => {
    alive.delete(engine);
    listeners.delete(engine);
    candidates.splice(0, candidates.length, ...candidates.filter((one) => one.engine !== engine));
    if (leader?.engine === engine) leader = undefined;
    for (const tell of mourners.get(engine) ?? []) tell();
    mourners.delete(engine);
    elect();
  };

  return { join, kill };
}
