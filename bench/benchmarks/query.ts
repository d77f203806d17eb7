import { createCorpusSearcher, type CorpusSearcher } from '#core/search/corpus-searcher.ts';
import { chooseVectorIndex } from '#core/vectors/choose-vector-index.ts';
import { defineBenchmark, type BenchContext, type Benchmark } from '../benchmark.ts';
import { createModelText, shareEmbedder } from '../build-corpus.ts';
import { benchCorpus, openDiskStore, shareDiskCorpus, type DiskStore } from '../disk-store.ts';

type State = { disk: DiskStore; searcher: CorpusSearcher; questions: string[] };

const k = 8;
const samples = 300;
const warmups = 30;

/** From the text of a question to the ranked passages with their text. Every question is new, so no cache helps. */
function queryBenchmark(passages: number, p95Ms: number): Benchmark {
  return defineBenchmark<State>({
    name: `query text to passages, ${passages.toLocaleString('en')} passages`,
    group: 'query',
    samples,
    warmups,
    goal: { of: 'p95', atMost: p95Ms },
    setup: (context) => openQueryState(context, passages),
    async run({ searcher, questions }, sample) {
      const { passages: found } = await searcher.search({ question: questions[sample]!, corpora: [benchCorpus], k });
      if (found.length === 0) throw new Error('no passage was found');
    },
    teardown: ({ disk }) => disk.close(),
  });
}

async function openQueryState(context: BenchContext, passages: number): Promise<State> {
  const disk = openDiskStore(await shareDiskCorpus(context, passages));
  const [choice, embedder] = await Promise.all([chooseVectorIndex(), shareEmbedder(context)]);
  const searcher = await createCorpusSearcher({ store: disk.store, embedder, createVectorIndex: (dims) => choice.create(dims) });
  await searcher.refresh();
  const text = await createModelText(context, 99);
  const questions = Array.from({ length: samples + warmups }, () => text.question(text.paragraph(400), 9));
  return { disk, searcher, questions };
}

export const queryBenchmarks: readonly Benchmark[] = [queryBenchmark(10_000, 8), queryBenchmark(100_000, 20)];
