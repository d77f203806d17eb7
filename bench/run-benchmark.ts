import type { BenchGoal, BenchRow } from '#core/bench/bench-protocol.ts';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { bootstrapInterval, median, quantile } from './statistics.ts';

const defaults = { unit: 'ms', samples: 30, warmups: 3, budgetMs: 15_000 };
const minSamples = 3;

export type RunOptions = { context: BenchContext; isStopped?: () => boolean; now?: () => number };

/** Sets up, warms up, samples, tears down (also after a failure) and sums up. Rejects with what a step threw. */
export async function runBenchmark(benchmark: Benchmark, options: RunOptions): Promise<BenchRow | undefined> {
  const state = await benchmark.setup?.(options.context);
  try {
    const values = await takeSamples(benchmark, state, options);
    return values.length === 0 ? undefined : toRow(benchmark, values);
  } finally {
    await benchmark.teardown?.(state);
  }
}

async function takeSamples(benchmark: Benchmark, state: unknown, options: RunOptions): Promise<number[]> {
  const { samples = defaults.samples, warmups = defaults.warmups, budgetMs = defaults.budgetMs } = benchmark;
  const { isStopped = () => false, now = () => performance.now() } = options;
  const startedMs = now();
  const values: number[] = [];
  for (let sample = 0; values.length < samples && !isStopped(); sample++) {
    if (values.length >= minSamples && now() - startedMs > budgetMs) break;
    const sampleStartedMs = now();
    const value = await benchmark.run(state, sample);
    const elapsedMs = now() - sampleStartedMs;
    if (sample >= warmups) values.push(value ?? elapsedMs);
  }
  return values;
}

function toRow({ name, group, unit = defaults.unit, goal }: Benchmark, values: readonly number[]): BenchRow {
  const [low, high] = bootstrapInterval(values, median);
  const figures = { median: median(values), p95: quantile(values, 0.95) };
  const row = { name, group, unit, ...figures, samples: values.length, low, high };
  return goal === undefined ? row : { ...row, goal: { ...goal, met: isMet(goal, figures[goal.of]) } };
}

function isMet({ atMost = Infinity, atLeast = -Infinity }: BenchGoal, value: number): boolean {
  return value <= atMost && value >= atLeast;
}
