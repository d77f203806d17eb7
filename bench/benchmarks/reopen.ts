import type { Embedder } from '#core/embed/embedder.ts';
import { createCorpusSearcher } from '#core/search/corpus-searcher.ts';
import { chooseVectorIndex } from '#core/vectors/choose-vector-index.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';
import { createModelText, shareEmbedder } from '../build-corpus.ts';
import { benchCorpus, openDiskStore, shareDiskCorpus } from '../disk-store.ts';

type State = { database: string; embedder: Embedder; question: string };

/** From a closed database to the first ranked passages; the model is loaded, the vector kernel is not. */
function reopenBenchmark(passages: number, medianMs: number): Benchmark {
  return defineBenchmark<State>({
    name: `reopen to first passages, ${passages.toLocaleString('en')} passages`,
    group: 'reopen',
    samples: 9,
    warmups: 1,
    goal: { of: 'median', atMost: medianMs },
    async setup(context) {
      const text = await createModelText(context, 5);
      const question = text.question(text.paragraph(400), 8);
      return { database: await shareDiskCorpus(context, passages), embedder: await shareEmbedder(context), question };
    },
    async run({ database, embedder, question }) {
      const disk = openDiskStore(database);
      const choice = await chooseVectorIndex();
      const searcher = await createCorpusSearcher({ store: disk.store, embedder, createVectorIndex: (dims) => choice.create(dims) });
      const { passages: found, coverage } = await searcher.search({ question, corpora: [benchCorpus], k: 8 });
      disk.close();
      if (found.length === 0 || coverage.passagesByMeaning < passages) throw new Error('the corpus was not whole');
    },
  });
}

export const reopenBenchmarks: readonly Benchmark[] = [reopenBenchmark(10_000, 300), reopenBenchmark(100_000, 1000)];
