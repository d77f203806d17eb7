import type { Benchmark } from './benchmark.ts';
import { embedNeuralBenchmarks } from './benchmarks/embed-neural.ts';
import { generateBenchmarks } from './benchmarks/generate.ts';
import { ingestBenchmarks } from './benchmarks/ingest.ts';
import { memoryBenchmarks } from './benchmarks/memory.ts';
import { queryBenchmarks } from './benchmarks/query.ts';
import { reopenBenchmarks } from './benchmarks/reopen.ts';
import { vectorEmbedBenchmarks } from './benchmarks/vector-embed.ts';
import { vectorRecallBenchmarks } from './benchmarks/vector-recall.ts';
import { vectorScanBenchmarks } from './benchmarks/vector-scan.ts';
import { vectorVoyBenchmarks } from './benchmarks/vector-voy.ts';

/** All benchmarks, in the order they run and are shown; those that share a corpus stand together. */
export const benchmarks: readonly Benchmark[] = [
  ...ingestBenchmarks,
  ...memoryBenchmarks,
  ...queryBenchmarks,
  ...reopenBenchmarks,
  ...vectorScanBenchmarks,
  ...vectorVoyBenchmarks,
  ...vectorRecallBenchmarks,
  ...vectorEmbedBenchmarks,
  ...embedNeuralBenchmarks,
  ...generateBenchmarks,
];
