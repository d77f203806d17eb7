import type { ParsedDocument } from '#core/document/parsed-document.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { createStaticEmbedder } from '#core/embed/static-embedder.ts';
import { chunkerId } from '#core/chunk/chunk-document.ts';
import { analyze } from '#core/language/analyze-text.ts';
import { defineBenchmark, type Benchmark, type BenchContext } from '../benchmark.ts';
import { createDocument, createModelText, indexDocuments, shareEmbedder } from '../build-corpus.ts';
import { benchCorpus, openDiskStore, type DiskStore } from '../disk-store.ts';

type State = { documents: ParsedDocument[]; embedder: Embedder };

const perSecond = (count: number, startedMs: number): number => (1000 * count) / (performance.now() - startedMs);

async function prepare(context: BenchContext): Promise<State> {
  const text = await createModelText(context, 11);
  return { documents: Array.from({ length: 25 }, () => createDocument(text)), embedder: await shareEmbedder(context) };
}

const throughput = defineBenchmark<State>({
  name: 'ingest: chunks, keywords, segments and static vectors',
  group: 'ingest',
  unit: 'passages/s',
  samples: 10,
  warmups: 1,
  goal: { of: 'median', atLeast: 1000 },
  setup: prepare,
  async run({ documents, embedder }) {
    const startedMs = performance.now();
    const { passages } = await indexDocuments(documents, embedder);
    return perSecond(passages, startedMs);
  },
});

const committed = defineBenchmark<State & { disk: DiskStore; seq: number }>({
  name: 'ingest: the same with a durable commit',
  group: 'ingest',
  unit: 'passages/s',
  samples: 5,
  warmups: 1,
  async setup(context) {
    const disk = openDiskStore('alcove-bench-ingest');
    await disk.remove();
    return { ...(await prepare(context)), disk: openDiskStore('alcove-bench-ingest'), seq: 0 };
  },
  async run(state) {
    const { documents, embedder, disk } = state;
    const startedMs = performance.now();
    const { segments, vec, refs, passages } = await indexDocuments(documents, embedder);
    state.seq += 1;
    await disk.store.commit({ head: { corpus: benchCorpus, name: 'bench', seq: state.seq, segments: refs }, segments, vec });
    return perSecond(passages, startedMs);
  },
  teardown: ({ disk }) => disk.remove(),
});

const firstHit = defineBenchmark<State>({
  name: 'ingest: a parsed document of 100 pages to segments and vectors',
  group: 'ingest',
  samples: 10,
  warmups: 1,
  goal: { of: 'p95', atMost: 1000 },
  async setup(context) {
    const text = await createModelText(context, 12);
    // A page holds about 3,000 characters.
    return { documents: [createDocument(text, 375)], embedder: await shareEmbedder(context) };
  },
  run: async ({ documents, embedder }) => void (await indexDocuments(documents, embedder)),
});

const analysis = defineBenchmark<string[]>({
  name: 'terms of English text',
  group: 'ingest',
  unit: 'MB/s',
  samples: 10,
  async setup(context) {
    const text = await createModelText(context, 13);
    return Array.from({ length: 1000 }, () => text.paragraph(800));
  },
  run(texts) {
    const startedMs = performance.now();
    for (const text of texts) analyze(text, 'en');
    return perSecond(texts.reduce((sum, { length }) => sum + length, 0) / 1e6, startedMs);
  },
});

const loadModel = defineBenchmark({
  name: 'load the static model from its files',
  group: 'ingest',
  samples: 5,
  warmups: 1,
  setup: (context) => context.readStaticModel(),
  run: async (files) => void (await createStaticEmbedder(files, { chunker: chunkerId })),
});

export const ingestBenchmarks: readonly Benchmark[] = [throughput, committed, firstHit, analysis, loadModel];
