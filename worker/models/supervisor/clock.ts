/** Time as a supervisor sees it; tests turn the hands themselves. */
export type Clock = {
  /** Milliseconds since some fixed moment, never running backwards. */
  now(): number;
  /** Milliseconds since 1970, for what is remembered. */
  wallTime(): number;
  /** Runs something once after a delay; the function it gives calls that off. */
  after(delayMs: number, run: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
