import { chooseVectorIndex } from '#core/vectors/choose-vector-index.ts';
import { exactScores, measureRecall, type JudgedQuery } from '#core/vectors/measure-recall.ts';
import { quantizeVectors } from '#core/vectors/quantize-vectors.ts';
import { clusteredUnitVectors, randomUnitVectors } from '#core/vectors/synthetic-vectors.ts';
import type { VectorIndex } from '#core/vectors/vector-index.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';

const rows = 50_000;
const dims = 384;
const queries = 200;

type State = { index: VectorIndex; judged: JudgedQuery[] };

/** Equal runs give equal recall: one sample tells all, three show that it is steady. */
function recallBenchmark(shape: string, create: (count: number, dims: number, seed: number) => Float32Array): Benchmark {
  return defineBenchmark<State>({
    name: `recall@10 of scan and rescoring, ${shape} vectors, 50,000 x 384`,
    group: 'vectors',
    unit: 'share',
    samples: 3,
    warmups: 0,
    goal: { of: 'median', atLeast: 0.999 },
    async setup(context) {
      context.report('Searching exactly, to compare with');
      const all = create(rows + queries, dims, 7);
      const values = all.subarray(0, rows * dims);
      const index = (await chooseVectorIndex()).create(dims);
      index.add(quantizeVectors(values, dims));
      const judged = Array.from({ length: queries }, (_, i) => {
        const query = all.slice((rows + i) * dims, (rows + i + 1) * dims);
        return { query, scores: exactScores({ values, dims }, query) };
      });
      return { index, judged };
    },
    run: ({ index, judged }) => measureRecall(index, judged, 10),
  });
}

export const vectorRecallBenchmarks: readonly Benchmark[] = [
  recallBenchmark('clustered', clusteredUnitVectors),
  recallBenchmark('random', randomUnitVectors),
];
