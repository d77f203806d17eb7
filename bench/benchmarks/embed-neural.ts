import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { ownExports } from '#core/models/catalogue/own-exports.ts';
import { typicalPassage, typicalQuestion } from '../../worker/models/transformers/typical-texts.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';
import { EmbedSideClient } from '../models/embed-side-client.ts';
import { missingModel } from '../models/fetch-model-files.ts';

const group = 'models';
const base = new URL(import.meta.env.BASE_URL, location.origin).href;
const id = 'Xenova/all-MiniLM-L6-v2';
const textsOfSample = 16;

/** Passages of 137 to 235 tokens, 185 on average as in Cranfield. */
const passages = Array.from({ length: textsOfSample }, (_, i) => {
  const sentences = typicalPassage.split('. ');
  const versions = [sentences, sentences.slice(1), [...sentences, sentences[0]]] as const;
  return `${i}. ${versions[i % 3]!.join('. ')}`;
});

type Sides = { ours: EmbedSideClient; plain?: EmbedSideClient };

async function start(side: 'ours' | 'plain', threads: number): Promise<EmbedSideClient> {
  const manifest = ownExports.find((each) => each.id === id) as ModelManifest;
  const profile: EngineProfile = { engine: 'transformers', device: 'wasm', dtype: 'q8', ortBuild: 'plain', threads, batch: 8, buckets: [] };
  const client = new EmbedSideClient();
  await client.load({ side, base, manifest, profile });
  return client;
}

const teardown = ({ ours, plain }: Sides): void => {
  ours.end();
  plain?.end();
};

/** How fast ours is, of plain: both embed the same texts, in turns, whoever was first going second next time. */
function against(perRun: number, threads: number, goal?: Benchmark['goal']): Benchmark {
  const runs = perRun === 1 ? 'one text a run' : `${perRun} padded texts a run`;
  return defineBenchmark<Required<Sides>>({
    name: `MiniLM: our embedding against plain ONNX Runtime with ${runs}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    group, unit: 'ratio', samples: 12, warmups: 2, budgetMs: 60_000, ...(goal && { goal }),
    missing: () => missingModel(base, id),
    setup: async () => ({ ours: await start('ours', threads), plain: await start('plain', threads) }),
    async run({ ours, plain }, sample) {
      if (sample % 2 === 0) {
        const plainMs = await plain.embed(passages, perRun);
        return plainMs / (await ours.embed(passages));
      }
      const oursMs = await ours.embed(passages);
      return (await plain.embed(passages, perRun)) / oursMs;
    },
    teardown,
  });
}

function speed(threads: number): Benchmark {
  return defineBenchmark<Sides>({
    name: `MiniLM: passages of 185 tokens, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    group, unit: 'passages/s', samples: 10, warmups: 1, budgetMs: 30_000,
    missing: () => missingModel(base, id),
    setup: async () => ({ ours: await start('ours', threads) }),
    run: async ({ ours }) => (1000 * textsOfSample) / (await ours.embed(passages)),
    teardown,
  });
}

const question = defineBenchmark<Sides>({
  name: 'MiniLM: a question, 2 threads',
  group, samples: 40, budgetMs: 15_000,
  missing: () => missingModel(base, id),
  setup: async () => ({ ours: await start('ours', 2) }),
  run: ({ ours }) => ours.embed([typicalQuestion]),
  teardown,
});

export const embedNeuralBenchmarks: readonly Benchmark[] = [
  against(1, 2, { of: 'median', atLeast: 0.9 }), against(8, 2), against(1, 1), speed(1), speed(2), question,
];
