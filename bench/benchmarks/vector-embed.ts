import type { Embedder } from '#core/embed/embedder.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';
import { createModelText, shareEmbedder } from '../build-corpus.ts';

const batch = 500;
const characters = 800;

type State = { embedder: Embedder; texts: string[] };

const staticEmbedding = defineBenchmark<State>({
  name: `static embedding of passages of ${characters} characters`,
  group: 'vectors',
  unit: 'passages/s',
  samples: 20,
  goal: { of: 'median', atLeast: 2000 },
  async setup(context) {
    const text = await createModelText(context, 17);
    const texts = Array.from({ length: batch }, () => text.paragraph(characters).slice(0, characters));
    return { embedder: await shareEmbedder(context), texts };
  },
  async run({ embedder, texts }) {
    const startedMs = performance.now();
    await embedder.embedPassages(texts);
    return (1000 * batch) / (performance.now() - startedMs);
  },
});

export const vectorEmbedBenchmarks: readonly Benchmark[] = [staticEmbedding];
