import type { StaticModelFiles } from '#core/embed/static-embedder.ts';
import type { BenchGoal } from '#core/bench/bench-protocol.ts';

/** What a benchmark may ask of the program that runs it. */
export type BenchContext = {
  /** The files of the bundled embedding model. */
  readStaticModel(): Promise<StaticModelFiles>;
  /** Something costly that several benchmarks use: made when first asked for, given to `dispose` when the run ends. */
  share<Value>(key: string, create: () => Promise<Value>, dispose?: (value: Value) => Promise<void>): Promise<Value>;
  /** Says in English what a long set-up is doing. */
  report(step: string): void;
};

/**
 * A benchmark as a value. Each call of `run` is one sample: the number it gives, in `unit`, or where it gives none the
 * milliseconds it took. `sample` counts from 0 over warm-ups and samples. Samples end at `samples` or when `budgetMs` is
 * used up, whichever comes first, but not before three are taken.
 */
export type Benchmark<State = unknown> = {
  name: string;
  group: string;
  /** `ms` by default. */
  unit?: string;
  /** 30 by default. */
  samples?: number;
  /** Runs before the first sample that count for nothing; 3 by default. */
  warmups?: number;
  /** 15 s by default, without set-up. */
  budgetMs?: number;
  goal?: BenchGoal;
  /** What is not at hand without which it cannot run here, in English; `undefined`: it can. Such a benchmark is skipped by name. */
  missing?(): Promise<string | undefined>;
  setup?(context: BenchContext): Promise<State> | State;
  run(state: State, sample: number): Promise<number | void> | number | void;
  teardown?(state: State): Promise<void> | void;
};

/** A benchmark with its state's type checked, as an item of a list of any benchmarks. */
export function defineBenchmark<State>(benchmark: Benchmark<State>): Benchmark {
  return benchmark as Benchmark;
}
