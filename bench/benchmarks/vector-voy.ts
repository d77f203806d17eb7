import voyWasmUrl from 'voy-search/voy_search_bg.wasm?url';
import { quantizeVectors } from '#core/vectors/quantize-vectors.ts';
import { clusteredUnitVectors } from '#core/vectors/synthetic-vectors.ts';
import type { VectorIndex } from '#core/vectors/vector-index.ts';
import { loadVoyVectorIndex } from '#core/vectors/voy-vector-index.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';

const rows = 10_000;
const dims = 384;
const queries = 16;

type State = { index: VectorIndex; queries: Float32Array[] };

/** The same work as the scans beside it, by voy-search; its tree is built in the set-up. */
const voySearch = defineBenchmark<State>({
  name: 'voy-search, 10,000 x 384',
  group: 'vectors',
  async setup(context) {
    context.report('Building the tree of voy-search');
    const create = await loadVoyVectorIndex(new Uint8Array(await (await fetch(voyWasmUrl)).arrayBuffer()));
    const all = clusteredUnitVectors(rows + queries, dims, 11);
    const index = create(dims);
    index.add(quantizeVectors(all.subarray(0, rows * dims), dims));
    const list = Array.from({ length: queries }, (_, i) => all.slice((rows + i) * dims, (rows + i + 1) * dims));
    index.search(list[0]!, 1);
    return { index, queries: list };
  },
  run({ index, queries: list }, sample) {
    index.search(list[sample % queries]!, 10);
  },
  teardown: ({ index }) => index.clear(),
});

export const vectorVoyBenchmarks: readonly Benchmark[] = [voySearch];
