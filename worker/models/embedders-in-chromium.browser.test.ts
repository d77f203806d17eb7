import { afterAll, describe } from 'vitest';
import { createStaticEmbedder } from '#core/embed/static-embedder.ts';
import { describeEmbedder } from '#core/embed/embedder.contract.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import type { ModelDtype } from '#core/models/model-manifest.ts';
import { describeReranker } from '#core/rerank/reranker.contract.ts';
import { createModelReranker } from './create-model-reranker.ts';
import { createNeuralEmbedder } from './create-neural-embedder.ts';
import { ModelWorkerClient } from './test-models/model-worker-client.ts';
import { countWords, profileOf } from './test-models/profile-of.ts';
import { readyModel, type ReadyModel } from './test-models/ready-model.ts';
import { openServedFolder, sharedModels } from './test-models/served-model-files.ts';

const open: ModelWorkerClient[] = [];

afterAll(() => open.splice(0).forEach((client) => client.end()));

async function startInWorker(id: string, dtype: ModelDtype): Promise<ReadyModel> {
  const client = new ModelWorkerClient(new Worker(new URL('./test-models/served-model-worker.ts', import.meta.url), { type: 'module' }));
  open.push(client);
  const profile = profileOf({ dtype, threads: 2 });
  await client.load(id, profile);
  return readyModel(profile, (method, args) => client.call(method, ...args));
}

async function neural(id: string, dtype: ModelDtype): Promise<Embedder> {
  const { manifest } = await openServedFolder(id);
  return createNeuralEmbedder({ manifest, dtype, chunker: 'test-1', countTokens: countWords, model: await startInWorker(id, dtype) });
}

describeEmbedder('the bundled static model in Chromium', async () => {
  const read = async (name: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(`/models/alcove/static-en-v1/${name}`)).arrayBuffer());
  const [config, vocab, vectors, scales, golden] = await Promise.all(['config.json', 'vocab.txt', 'vectors.bin', 'scales.bin', 'golden.json'].map(read));
  return createStaticEmbedder({ config: config!, vocab: vocab!, vectors: vectors!, scales: scales!, golden: golden! }, { chunker: 'test-1' });
});

describeEmbedder('the tiny model in Chromium, as q8', () => neural('alcove-test/tiny-bert', 'q8'));

describe.skipIf(sharedModels === '')('with the files of MiniLM', () => {
  describeEmbedder('MiniLM in Chromium, as q8', () => neural('Xenova/all-MiniLM-L6-v2', 'q8'), { minCosine: 0.975 });
});

describeReranker('the tiny cross-encoder in Chromium, as q8', async () => {
  const { manifest } = await openServedFolder('alcove-test/tiny-cross-encoder');
  return createModelReranker({ manifest, model: await startInWorker(manifest.id, 'q8') });
});
