import type { EngineProfile } from '#core/device/engine-profile.ts';
import { buildPrompt } from '#core/generate/build-prompt.ts';
import { ownExports } from '#core/models/catalogue/own-exports.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { typicalPassage, typicalQuestion } from '../../worker/models/transformers/typical-texts.ts';
import { defineBenchmark, type Benchmark } from '../benchmark.ts';
import { missingModel } from '../models/fetch-model-files.ts';
import { GenerateSideClient } from '../models/generate-side-client.ts';
import type { TextSpeed } from '../models/generate-side.ts';

const group = 'models';
const base = new URL(import.meta.env.BASE_URL, location.origin).href;
const id = 'HuggingFaceTB/SmolLM2-135M-Instruct';
const threads = 2;
const story = 'Tell the story of a lighthouse keeper, from his first day to his last.';
const newTokens = 48;

/** A prompt of the product's own form, of some 600 tokens. */
const longPrompt = buildPrompt('given-citation', {
  question: typicalQuestion, language: 'en', earlier: [], passages: [{ number: 1, title: 'Notes', text: Array.from({ length: 3 }, (_, i) => `${i + 1}. ${typicalPassage}`).join('\n') }],
}).messages[0]!.content;

type Sides = { ours: GenerateSideClient; plain?: GenerateSideClient };

async function start(side: 'ours' | 'plain'): Promise<GenerateSideClient> {
  const manifest = ownExports.find((each) => each.id === id) as ModelManifest;
  const profile: EngineProfile = { engine: 'transformers', device: 'wasm', dtype: 'q8', ortBuild: 'plain', threads, batch: 1, buckets: [] };
  const client = new GenerateSideClient();
  await client.load({ side, base, manifest, profile });
  return client;
}

const teardown = ({ ours, plain }: Sides): void => {
  ours.end();
  plain?.end();
};

/** Both write the same, in turns, whoever was first going second next time. */
function against(what: string, { prompt, maxTokens, of, ...rest }: { prompt: string; maxTokens: number; of: (speed: TextSpeed) => number } & Pick<Benchmark, 'samples' | 'goal' | 'budgetMs'>): Benchmark {
  return defineBenchmark<Required<Sides>>({
    name: `SmolLM2: ${what} against a bare loop of transformers.js, ${threads} threads`,
    group, unit: 'ratio', warmups: 2, ...rest,
    missing: () => missingModel(base, id),
    setup: async () => ({ ours: await start('ours'), plain: await start('plain') }),
    async run({ ours, plain }, sample) {
      if (sample % 2 === 0) {
        const bare = of(await plain.write(prompt, maxTokens));
        return of(await ours.write(prompt, maxTokens)) / bare;
      }
      const own = of(await ours.write(prompt, maxTokens));
      return own / of(await plain.write(prompt, maxTokens));
    },
    teardown,
  });
}

function alone(what: string, unit: string, { prompt, maxTokens, of }: { prompt: string; maxTokens: number; of: (speed: TextSpeed) => number }): Benchmark {
  return defineBenchmark<Sides>({
    name: `SmolLM2: ${what}, ${threads} threads`,
    group, unit, samples: 6, warmups: 1, budgetMs: 40_000,
    missing: () => missingModel(base, id),
    setup: async () => ({ ours: await start('ours') }),
    run: async ({ ours }) => of(await ours.write(prompt, maxTokens)),
    teardown,
  });
}

const decode = { prompt: story, maxTokens: newTokens, of: ({ tokensPerSecond }: TextSpeed) => tokensPerSecond };
const firstToken = { prompt: longPrompt, maxTokens: 2, of: ({ firstTokenMs }: TextSpeed) => firstTokenMs };

export const generateBenchmarks: readonly Benchmark[] = [
  against('decode speed', { ...decode, samples: 10, budgetMs: 60_000, goal: { of: 'median', atLeast: 0.95 } }),
  against('time to the first token of a prompt of 600 tokens', { ...firstToken, samples: 6, budgetMs: 90_000, goal: { of: 'median', atMost: 1.1 } }),
  alone('decode speed', 'tokens/s', decode),
  alone('time to the first token of a prompt of 600 tokens', 'ms', firstToken),
];
