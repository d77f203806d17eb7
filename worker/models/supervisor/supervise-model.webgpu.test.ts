import { afterEach, beforeAll, expect, it } from 'vitest';
import type { DeviceProbe, EngineProfile } from '#core/device/engine-profile.ts';
import { planModel, planProfiles } from '#core/device/plan-profiles.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import { openServedFolder } from '../test-models/served-model-files.ts';
import { createModelWorker } from './model-worker.ts';
import { probeDevice } from './probe-device.ts';
import { superviseModel } from './supervise-model.ts';
import type { SupervisedModel, SuperviseOptions } from './supervised-model.ts';
import { createMemoryVerdicts } from './verdict-memory.ts';

/** Compiling shaders in software, on a busy machine. */
const patienceMs = 240_000;
const allow = { allowFallbackAdapter: true } as const;
const open: SupervisedModel[] = [];
let probe: DeviceProbe;
let manifest: ModelManifest;

beforeAll(async () => {
  probe = await probeDevice();
  ({ manifest } = await openServedFolder('alcove-test/tiny-bert'));
});

afterEach(() => open.splice(0).forEach((model) => model.stop()));

/** Shaders of few shapes: the software adapter takes seconds for each. */
const small = (profiles: EngineProfile[]): EngineProfile[] =>
  profiles.map((profile) => (profile.device === 'webgpu' ? { ...profile, batch: 4, buckets: [32] } : profile));

function supervise(options: Pick<SuperviseOptions, 'plan'> & Partial<SuperviseOptions>): SupervisedModel {
  const model = superviseModel({
    key: modelKey(manifest), manifest, baseUrl: `${location.origin}/`, memory: createMemoryVerdicts(), verdictKey: 'here', limits: { verifyMs: patienceMs, measureMs: patienceMs, callMs: patienceMs },
    startWorker: () => createModelWorker((name) => new Worker(new URL('../test-models/served-model-worker.ts', import.meta.url), { type: 'module', name })),
    ...options,
  });
  open.push(model);
  return model;
}

const destroyDevice = (): void => {
  const channel = new BroadcastChannel('alcove-test-destroy-device');
  channel.postMessage(undefined);
  channel.close();
};

it('probes the software adapter and plans without it, but where tests allow it', () => {
  expect(probe.gpu).toMatchObject({ isFallback: true, f16: false });
  const plan = planModel(probe, manifest);
  expect(plan.profiles.every(({ device }) => device === 'wasm')).toBe(true);
  expect(plan.refused).toContainEqual({ device: 'webgpu', dtype: 'fp32', reason: 'fallback-gpu' });
  expect(planProfiles(probe, manifest, [], allow)[0]).toMatchObject({ device: 'webgpu', dtype: 'fp32' });
});

it('brings the tiny model into service on the GPU as planned, by its golden vectors', async () => {
  const model = supervise({ plan: small(planProfiles(probe, manifest, [], allow)) });
  await model.start();
  expect(model.state).toMatchObject({ phase: 'ready', profile: { device: 'webgpu', dtype: 'fp32' }, attempts: [] });
  expect(model.state.phase === 'ready' && model.state.worst).toBeGreaterThan(0.9999);
}, patienceMs);

it('takes the next profile where half floats inside 4-bit weights meet a GPU without them', async () => {
  const [fp32] = small(planProfiles(probe, manifest, [], allow));
  const q4f16: EngineProfile = { ...fp32!, dtype: 'q4f16' };
  const model = supervise({
    plan: [q4f16, fp32!],
    startWorker: () => createModelWorker((name) => new Worker(new URL('./test-services/f16-inside-worker.ts', import.meta.url), { type: 'module', name })),
  });
  expect(await model.call('embed', [['rent'], 'query'])).toHaveLength(32);
  expect(model.state).toMatchObject({ phase: 'ready', profile: fp32, attempts: [{ profile: q4f16, during: 'start' }] });
}, patienceMs);

it('a device that is lost in the middle of work costs no call, and lost again is left for the processor', async () => {
  const model = supervise({ plan: small(planProfiles(probe, manifest, [], allow)) });
  const texts = Array.from({ length: 24 }, (_, i) => `Passage number ${i}`);
  const expected = await model.call('embed', [texts, 'passage']);
  for (const device of ['webgpu', 'wasm']) {
    const calls = Array.from({ length: 4 }, () => model.call('embed', [texts, 'passage']));
    destroyDevice();
    for (const vectors of await Promise.all(calls)) {
      expect(vectors).toHaveLength(expected.length);
      // The processor may run another dtype, so only the direction must be that of before.
      for (let row = 0; row < texts.length; row++) {
        let cosine = 0;
        for (let d = 0; d < 32; d++) cosine += vectors[row * 32 + d]! * expected[row * 32 + d]!;
        expect(cosine).toBeGreaterThan(0.99);
      }
    }
    expect(model.state).toMatchObject({ phase: 'ready', profile: { device } });
  }
  expect(model.state.attempts.map(({ code, during }) => [code, during])).toEqual([['device-lost', 'service'], ['device-lost', 'service']]);
}, patienceMs);
