import { quantizeVectors } from '#core/vectors/quantize-vectors.ts';
import { chooseVectorIndex } from '#core/vectors/choose-vector-index.ts';
import { clusteredUnitVectors } from '#core/vectors/synthetic-vectors.ts';
import type { VectorIndex } from '#core/vectors/vector-index.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';

const rows = 10_000;
const dims = 384;

/** What the index says it holds for the scan. A count, not a time, so one sample tells all; three show it is steady. */
const scanMemory = defineBenchmark<VectorIndex>({
  name: 'memory of a 384-d vector besides the residual plane',
  group: 'memory',
  unit: 'bytes',
  samples: 3,
  warmups: 0,
  goal: { of: 'median', atMost: 400 },
  async setup() {
    const index = (await chooseVectorIndex()).create(dims);
    index.add(quantizeVectors(clusteredUnitVectors(rows, dims, 1), dims));
    return index;
  },
  run: (index) => index.memory().scanBytes / rows,
});

export const memoryBenchmarks: readonly Benchmark[] = [scanMemory];
