import { afterEach, describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { openServedFolder } from '../test-models/served-model-files.ts';
import { createModelWorker, type ModelWorker } from './model-worker.ts';
import { probeDevice } from './probe-device.ts';
import { superviseModel } from './supervise-model.ts';
import type { SupervisedModel, SuperviseOptions } from './supervised-model.ts';
import { manifest, readAll, request, wasm } from './test-services/supervised-world.ts';
import { createMemoryVerdicts } from './verdict-memory.ts';

const open: SupervisedModel[] = [];
const q4: EngineProfile = { ...wasm, dtype: 'q4' };

afterEach(() => open.splice(0).forEach((model) => model.stop()));

const startFaulty = (): ModelWorker =>
  createModelWorker((name) => new Worker(new URL('./test-services/faulty-worker.ts', import.meta.url), { type: 'module', name }));
const startReal = (): ModelWorker =>
  createModelWorker((name) => new Worker(new URL('../test-models/served-model-worker.ts', import.meta.url), { type: 'module', name }));

function supervise(options: Partial<SuperviseOptions>): SupervisedModel {
  const model = superviseModel({
    key: modelKey(manifest), manifest, plan: [wasm], startWorker: startFaulty, baseUrl: `${location.origin}/`,
    memory: createMemoryVerdicts(), verdictKey: 'here', ...options,
  });
  open.push(model);
  return model;
}

describe('over real workers', () => {
  it.each(['close', 'throw', 'reject'])('a worker that ends by "%s" in the middle of a call is noticed at once, and the call is answered by another', async (fault) => {
    const model = supervise({});
    await model.start();
    const poison = model.call('embed', [[fault], 'passage']).catch((thrown: unknown) => thrown);
    const other = model.call('embed', [['rent'], 'passage']);
    expect(await other).toEqual(Float32Array.of(4));
    expect(await poison).toMatchObject({ code: fault === 'close' ? 'engine-gone' : 'model/failed' });
    await model.start();
    expect(model.state.phase).toBe('ready');
  });

  it('a worker that computes for seconds is not taken for dead', async () => {
    const model = supervise({ limits: { callMs: 10_000 } });
    expect(await model.call('embed', [['busy'], 'passage'])).toEqual(Float32Array.of(4));
    expect(model.state.attempts).toEqual([]);
  });

  it('a worker in an endless loop is ended, while it loads and while it works', async () => {
    const model = supervise({ plan: [q4, wasm], limits: { loadMs: 1_000, callMs: 500, graceMs: 50 } });
    const loop = model.call('embed', [['loop'], 'passage']);
    await expect(loop).rejects.toMatchObject({ code: 'timeout' });
    expect(await model.call('embed', [['rent'], 'passage'])).toEqual(Float32Array.of(4));
    expect(model.state.attempts.at(-1)).toMatchObject({ profile: q4, code: 'timeout', during: 'start' });
  });

  it('a script that is not there fails at once', async () => {
    const model = supervise({ startWorker: () => createModelWorker((name) => new Worker('/no-such-worker.js', { type: 'module', name })) });
    await expect(model.start()).rejects.toMatchObject({ code: 'internal' });
  });

  it('a text stops when its worker heeds it, and by a new worker where it is deaf', async () => {
    const model = supervise({});
    for (const deafness of [0, 60_000]) {
      const abort = new AbortController();
      const text = model.stream('generate', request(String(deafness)), abort.signal);
      await text.next();
      abort.abort();
      expect((await readAll(text)).end.reason).toBe('stopped');
    }
    expect(await model.call('embed', [['rent'], 'passage'])).toEqual(Float32Array.of(4));
  });

  it('a supervisor that stops leaves no worker behind', async () => {
    const names: string[] = [];
    const model = supervise({
      startWorker: () =>
        createModelWorker((name) => {
          names.push(name);
          return new Worker(new URL('./test-services/faulty-worker.ts', import.meta.url), { type: 'module', name });
        }),
    });
    await model.start();
    const held = async (): Promise<boolean> => ((await navigator.locks.query()).held ?? []).some(({ name }) => name === names[0]);
    expect(await held()).toBe(true);
    model.stop();
    await expect.poll(held, { timeout: 10_000 }).toBe(false);
  });
});

describe('over the real engine, on WASM', () => {
  const real = async (): Promise<Pick<SuperviseOptions, 'manifest' | 'key' | 'startWorker'>> => {
    const files: { manifest: ModelManifest } = await openServedFolder('alcove-test/tiny-bert');
    return { manifest: files.manifest, key: modelKey(files.manifest), startWorker: startReal };
  };

  it('verifies and times the tiny model, and takes the next dtype where one is missing', async () => {
    const model = supervise({ ...(await real()), plan: [q4, wasm] });
    const vectors = await model.call('embed', [['A short text.', 'Another.'], 'passage']);
    expect(vectors).toHaveLength(64);
    expect(model.state).toMatchObject({ phase: 'ready', profile: wasm, attempts: [{ profile: q4, code: 'model/unsupported' }] });
  });

  it('reaches the golden vectors with whole floats', async () => {
    const model = supervise({ ...(await real()), plan: [{ ...wasm, dtype: 'fp32' }] });
    await model.start();
    expect(model.state.phase === 'ready' && model.state.worst).toBeGreaterThan(0.999);
  });
});

it('probes this browser', async () => {
  const probe = await probeDevice();
  expect(probe).toMatchObject({ simd: true, crossOriginIsolated: true });
  expect(probe.browser).toMatch(/^Chrome \d+$/);
  expect(probe.cores).toBe(navigator.hardwareConcurrency);
});
