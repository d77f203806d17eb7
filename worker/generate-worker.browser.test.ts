import { proxy, wrap } from 'comlink';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { createModelGenerator } from '#core/generate/create-model-generator.ts';
import { describeGenerator } from '#core/generate/generator.contract.ts';
import type { TextModel } from '#core/generate/text-model.ts';
import { describeTextModel, readText } from '#core/generate/text-model.contract.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { connectTestHub } from '../scripts/test-hub/connect-test-hub.ts';
import { createTextModel } from './models/create-text-model.ts';
import type { StoreWorkerApi } from './models/store/test-shelf/store-worker.ts';
import { createModelWorker } from './models/supervisor/model-worker.ts';
import { superviseModel } from './models/supervisor/supervise-model.ts';
import type { SupervisedModel } from './models/supervisor/supervised-model.ts';
import { createMemoryVerdicts } from './models/supervisor/verdict-memory.ts';
import { profileOf } from './models/test-models/profile-of.ts';

const id = 'alcove-test/tiny-random-llama';
const closers: (() => Promise<void> | void)[] = [];

afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

/** The tiny model, downloaded into the store that every realm of the app reads. */
async function install(): Promise<ModelManifest> {
  const hub = connectTestHub(await commands.startTestHub());
  closers.push(() => hub.stop());
  const { models } = (await (await fetch(`${hub.address}/models/manifest.json`)).json()) as { models: ModelManifest[] };
  const manifest = models.find((model) => model.id === id)!;
  const worker = new Worker(new URL('./models/store/test-shelf/store-worker.ts', import.meta.url), { type: 'module', name: 'models' });
  closers.push(() => worker.terminate());
  const store = await wrap<StoreWorkerApi>(worker).open(hub.address, proxy(() => {}));
  await store.install(manifest, ['fp32']);
  closers.push(() => store.remove(modelKey(manifest)));
  return manifest;
}

function supervise(manifest: ModelManifest): SupervisedModel {
  const model = superviseModel({
    key: modelKey(manifest), manifest, plan: [profileOf({ threads: 2 })], baseUrl: `${location.origin}/`,
    startWorker: () => createModelWorker((name) => new Worker(new URL('./generate-worker.ts', import.meta.url), { type: 'module', name })),
    memory: createMemoryVerdicts(), verdictKey: 'here',
  });
  closers.push(() => model.stop());
  return model;
}

/** One model for all tests, as in the app. */
let opened: Promise<{ model: TextModel; supervised: SupervisedModel }> | undefined;
const open = () => (opened ??= install().then((manifest) => {
  const supervised = supervise(manifest);
  return { supervised, model: createTextModel(manifest, supervised) };
}));

const messages = [{ role: 'user' as const, content: 'What is in the notes?' }];
const calm = (): AbortSignal => new AbortController().signal;

describeTextModel('a stored model in its worker', async () => ({ model: (await open()).model, messages }));

describeGenerator('a stored model in its worker', async () => ({
  generator: createModelGenerator({ model: (await open()).model, facts: { promptForm: 'given-citation', trust: 'toy' }, isSlow: true }),
  runs: 4,
}));

describe('the worker of a model that writes', () => {
  it('gives the golden text, verified and measured before', async () => {
    const { model, supervised } = await open();
    const { text, end } = await readText(model.generate({ messages, maxTokens: 48 }, calm()));
    expect(text).toBe('gisXccp_#z/_#]>hhhy95{Xc asQM|||JtiouCbJJJXle inIheuan;>,');
    expect(end.tokens).toBe(48);
    expect(supervised.state).toMatchObject({ phase: 'ready', worst: 1, attempts: [] });
  });

  it('heeds a stop between two tokens, without the worker being replaced', async () => {
    const { model, supervised } = await open();
    const before = supervised.state;
    const abort = new AbortController();
    const source = model.generate({ messages, maxTokens: 200 }, abort.signal);
    await source.next();
    abort.abort();
    const { end } = await readText(source);
    expect(end.reason).toBe('stopped');
    expect(end.tokens).toBeLessThan(200);
    expect(supervised.state).toBe(before);
  });
});
