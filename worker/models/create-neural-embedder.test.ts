import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeEmbedder } from '#core/embed/embedder.contract.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { createNeuralEmbedder, neuralProfile } from './create-neural-embedder.ts';
import { openFolder } from './test-models/folder-model-files.ts';
import { describeMiniLm, type GoldenVectors } from './test-models/minilm.ts';
import { countWords, profileOf } from './test-models/profile-of.ts';
import { readyModel, startHere } from './test-models/ready-model.ts';

const root = new URL('../../', import.meta.url).pathname;
const tinyFolder = join(root, 'fixtures/models/alcove-test/tiny-bert');
const miniLmFolder = join(process.env['ALCOVE_SHARED'] ?? join(root, '../shared'), 'models/Xenova/all-MiniLM-L6-v2');
const chunker = 'test-1';

async function open(folder: string, dtype: 'fp32' | 'fp16' | 'q8'): Promise<Embedder> {
  const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as GoldenVectors;
  const files = await openFolder(folder, folder === miniLmFolder ? describeMiniLm(golden) : undefined);
  return createNeuralEmbedder({ manifest: files.manifest, dtype, chunker, countTokens: countWords, model: await startHere(files, { dtype, threads: 2 }) });
}

describeEmbedder('the tiny model as fp32', () => open(tinyFolder, 'fp32'), { minCosine: 0.9999 });
describeEmbedder('the tiny model as q8', () => open(tinyFolder, 'q8'));
describe.skipIf(!existsSync(miniLmFolder))('with the files of MiniLM', () => {
  describeEmbedder('MiniLM as q8', () => open(miniLmFolder, 'q8'), { minCosine: 0.975 });
});

describe('neural embedder', async () => {
  const { manifest } = await openFolder(tinyFolder);
  const zeros = (method: string, [texts]: readonly unknown[]): Promise<never> =>
    Promise.resolve((method === 'embed' ? new Float32Array((texts as string[]).length * 32) : 0) as never);
  const base = { manifest, dtype: 'fp32', chunker, countTokens: countWords } as const;

  it('has a profile of its own for each dtype, revision and chunker, with the tokenizer known by its file', () => {
    const profile = neuralProfile(manifest, 'q8', chunker);
    expect(profile).toMatchObject({ model: 'alcove-test/tiny-bert', commit: manifest.commit, dtype: 'q8', chunker, dims: 32, maxTokens: 128 });
    expect(profile.tokenizer).toBe(manifest.files.find(({ path }) => path === 'tokenizer.json')!.sha256);
    expect(() => neuralProfile({ ...manifest, files: [] }, 'q8', chunker)).toThrow(expect.objectContaining({ code: 'model/invalid' }));
  });

  it('asks for passages in short calls, each of like lengths, and for a question at once', async () => {
    const calls: { texts: string[]; isUrgent: boolean | undefined }[] = [];
    const model = readyModel(profileOf(), zeros, 40);
    const spied = { ...model, call: ((method, args, options) => {
      calls.push({ texts: [...(args[0] as string[])], isUrgent: options?.isUrgent });
      return model.call(method, args);
    }) as typeof model.call };
    const embedder = createNeuralEmbedder({ ...base, model: spied });
    await embedder.embedPassages(['aaaaa', 'b', 'cccc', 'dd', 'eeeeee', 'f']);
    await embedder.embedQuery('q');
    expect(calls).toEqual([
      { texts: ['b', 'f', 'dd', 'cccc'], isUrgent: false }, { texts: ['aaaaa', 'eeeeee'], isUrgent: false }, { texts: ['q'], isUrgent: true },
    ]);
  });

  it('fills the batches of a GPU', async () => {
    const sizes: number[] = [];
    const model = readyModel(profileOf({ device: 'webgpu', batch: 16 }), (method, args) => {
      sizes.push((args[0] as string[]).length);
      return zeros(method, args);
    }, 200);
    await createNeuralEmbedder({ ...base, model }).embedPassages(Array.from({ length: 70 }, () => 'a'));
    expect(sizes).toEqual([32, 32, 6]);
  });

  it('ends when the model goes on with another dtype: its vectors would be of another profile', async () => {
    const embedder = createNeuralEmbedder({ ...base, model: readyModel(profileOf({ dtype: 'q8' }), zeros) });
    await expect(embedder.embedQuery('a')).rejects.toMatchObject({ code: 'engine-gone' });
  });
});
