import type { Benchmark } from './benchmark.ts';
import { ingestBenchmarks } from './benchmarks/ingest.ts';
import { memoryBenchmarks } from './benchmarks/memory.ts';
import { queryBenchmarks } from './benchmarks/query.ts';
import { reopenBenchmarks } from './benchmarks/reopen.ts';

/** All benchmarks, in the order they run and are shown; those that share a corpus stand together. */
export const benchmarks: readonly Benchmark[] = [
  ...ingestBenchmarks,
  ...memoryBenchmarks,
  ...queryBenchmarks,
  ...reopenBenchmarks,
];
