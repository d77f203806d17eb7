/**
 * Messages between whoever runs benchmarks (the page `/bench`, the script `npm run bench`) and the bench worker
 * (`bench/bench-worker.ts`). Requests go in by `postMessage`; events come out the same way.
 */
export type BenchRequest =
  | { kind: 'list' }
  /** Runs these benchmarks, or all, one after the other. A second `run` before `done` is answered with `busy`. */
  | { kind: 'run'; names?: string[] }
  /** Ends the run after the sample at hand; `done` follows. */
  | { kind: 'stop' };

export type BenchInfo = { name: string; group: string; unit: string };

/** A result. Figures are in `unit`; `low` and `high` are the 95 % bootstrap interval of the median. */
export type BenchRow = BenchInfo & {
  median: number;
  p95: number;
  /** How many samples were taken. */
  samples: number;
  low: number;
  high: number;
  /** What the median or the 95th percentile is meant to reach, and whether it did. */
  goal?: BenchGoal & { met: boolean };
};

export type BenchGoal = { of: 'median' | 'p95'; atMost?: number; atLeast?: number };

export type BenchEvent =
  /** Before `list` or while running: a benchmark that cannot run here, and what is not at hand. */
  | { kind: 'skipped'; name: string; reason: string }
  | { kind: 'list'; benchmarks: BenchInfo[] }
  /** `done` of `total` benchmarks are over; `step` says in English what is being done for `name`. */
  | { kind: 'progress'; name: string; step: string; done: number; total: number }
  | { kind: 'row'; row: BenchRow }
  /** One benchmark could not run; the others go on. */
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'busy' }
  | { kind: 'done'; stopped: boolean };
