import { wrap, proxy } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { connectTestHub } from '../scripts/test-hub/connect-test-hub.ts';
import type { StoreWorkerApi } from './models/store/test-shelf/store-worker.ts';
import { createModelWorker } from './models/supervisor/model-worker.ts';
import { superviseModel } from './models/supervisor/supervise-model.ts';
import type { SupervisedModel } from './models/supervisor/supervised-model.ts';
import { createMemoryVerdicts } from './models/supervisor/verdict-memory.ts';
import { profileOf } from './models/test-models/profile-of.ts';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A model of the fixtures, downloaded into the store that every realm of the app reads. */
async function install(id: string): Promise<ModelManifest> {
  const hub = connectTestHub(await commands.startTestHub());
  closers.push(() => hub.stop());
  const { models } = (await (await fetch(`${hub.address}/models/manifest.json`)).json()) as { models: ModelManifest[] };
  const manifest = models.find((model) => model.id === id)!;
  const worker = new Worker(new URL('./models/store/test-shelf/store-worker.ts', import.meta.url), { type: 'module', name: 'models' });
  closers.push(() => worker.terminate());
  const store = await wrap<StoreWorkerApi>(worker).open(hub.address, proxy(() => {}));
  await store.install(manifest, ['q8']);
  closers.push(() => store.remove(modelKey(manifest)));
  return manifest;
}

function supervise(manifest: ModelManifest): SupervisedModel {
  const model = superviseModel({
    key: modelKey(manifest), manifest, plan: [profileOf({ dtype: 'q8', threads: 2 })], baseUrl: `${location.origin}/`,
    startWorker: () => createModelWorker((name) => new Worker(new URL('./embed-worker.ts', import.meta.url), { type: 'module', name })),
    memory: createMemoryVerdicts(), verdictKey: 'here',
  });
  closers.push(() => model.stop());
  return model;
}

it('runs an embedder from the store', async () => {
  const model = supervise(await install('alcove-test/tiny-bert'));
  expect(await model.call('embed', [['rent', 'harbour'], 'passage'])).toHaveLength(64);
  expect(model.state).toMatchObject({ phase: 'ready', attempts: [] });
});

it('runs a reranker from the store', async () => {
  const model = supervise(await install('alcove-test/tiny-cross-encoder'));
  expect(await model.call('score', ['When is the rent due?', ['On the first.', 'Granite is hard.']])).toHaveLength(2);
  await expect(model.call('embed', [['rent'], 'query'])).rejects.toMatchObject({ code: 'invalid-input' });
});

it('says that a model is not stored', async () => {
  const manifest = await install('alcove-test/tiny-bert');
  const model = supervise({ ...manifest, commit: 'f'.repeat(40) });
  await expect(model.start()).rejects.toMatchObject({ code: 'model/missing' });
});
