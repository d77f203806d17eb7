import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelDtype, ModelEngine, ModelManifest, ModelTask } from '../models/model-manifest.ts';
import { describeVerdict } from './describe-verdict.ts';
import type { PlanPrefs, RememberedFailure } from './device-plan.ts';
import type { DeviceProbe } from './engine-profile.ts';
import { availableModelBytes } from './model-memory.ts';
import { planModel, planProfiles } from './plan-profiles.ts';
import { f16Dtypes, rankDtypes } from './rank-dtypes.ts';
import { refusalError } from './refusal-error.ts';

const mb = 1e6;
const gpu: NonNullable<DeviceProbe['gpu']> = {
  vendor: 'apple', architecture: 'metal-3', isFallback: false, f16: true, subgroups: true,
  maxBufferBytes: 2 ** 32, maxBindingBytes: 2 ** 31, workgroupStorageBytes: 32_768, storageBuffersPerStage: 10,
};
const desktop: DeviceProbe = { cores: 8, memoryGb: 8, crossOriginIsolated: true, simd: true, jspi: false, browser: 'Chrome 156', gpu, builtInModel: 'unavailable' };
const { gpu: _gpu, ...noGpu } = desktop;

const variant = (dtype: ModelDtype, devices: ('webgpu' | 'wasm')[] = ['webgpu', 'wasm'], memoryBytes = 100 * mb) => ({ dtype, devices, files: [`${dtype}.bin`], memoryBytes });

function model(task: ModelTask, engine: ModelEngine, variants: ModelManifest['variants'], more: Partial<ModelManifest> = {}): ModelManifest {
  return { id: 'org/model', commit: 'c', title: 'Model', task, engine, licence: { name: 'Apache-2.0' }, parameters: 1, files: [], variants, ...more };
}
const embedder = model('embed', 'transformers', [variant('fp32'), variant('fp16'), variant('q8')], { embed: { maxTokens: 256 } as NonNullable<ModelManifest['embed']> });
const writer = model('generate', 'transformers', [variant('q4'), variant('q8', ['wasm']), variant('q4f16')]);
const library = { path: 'lib.wasm', modelId: 'm' };
const webLlm = model('generate', 'web-llm', [variant('q4f16_1', ['webgpu']), variant('q4f32_1', ['webgpu'])], { generate: { library } as NonNullable<ModelManifest['generate']> });
const builtIn = model('generate', 'browser', []);

const short = (probe: DeviceProbe, manifest: ModelManifest, remembered: RememberedFailure[] = [], prefs: PlanPrefs = {}): string[] =>
  planProfiles(probe, manifest, remembered, prefs).map(({ device, dtype, ortBuild, threads }) => [device, dtype, ortBuild, threads].filter(Boolean).join(' '));

describe('order', () => {
  it('of an encoder: half floats on a GPU that has them, whole floats, then int8 on the processor, with threads and without', () => {
    expect(short(desktop, embedder)).toEqual([
      'webgpu fp16 asyncify 1', 'webgpu fp32 asyncify 1', 'wasm q8 plain 4', 'wasm q8 plain 1', 'wasm fp32 plain 4', 'wasm fp16 plain 4',
    ]);
  });

  it('of an encoder on a GPU without half floats begins with whole ones', () => {
    expect(short({ ...desktop, gpu: { ...gpu, f16: false } }, embedder)[0]).toBe('webgpu fp32 asyncify 1');
  });

  it('of a writer: 4 bits on a GPU, mixed int8 on the processor', () => {
    expect(short(desktop, writer)).toEqual(['webgpu q4f16 asyncify 1', 'webgpu q4 asyncify 1', 'wasm q8 plain 4', 'wasm q8 plain 1', 'wasm q4 plain 4']);
    expect(short({ ...desktop, gpu: { ...gpu, f16: false } }, writer)[0]).toBe('webgpu q4 asyncify 1');
  });

  it('of web-llm: half floats first, whole floats where there are none', () => {
    expect(short(desktop, webLlm)).toEqual(['webgpu q4f16_1 1', 'webgpu q4f32_1 1']);
    expect(short({ ...desktop, gpu: { ...gpu, f16: false } }, webLlm)).toEqual(['webgpu q4f32_1 1']);
  });

  it('takes the JSPI build where there is JSPI, and the other build of the best dtype after it', () => {
    expect(short({ ...desktop, jspi: true }, embedder).slice(0, 3)).toEqual(['webgpu fp16 jspi 1', 'webgpu fp16 asyncify 1', 'webgpu fp32 jspi 1']);
  });

  it('is that of the processor alone without a GPU', () => {
    expect(short(noGpu, embedder)[0]).toBe('wasm q8 plain 4');
  });

  it('puts what failed here before at the end', () => {
    const [first] = planProfiles(desktop, embedder);
    const failure: RememberedFailure = { profile: { ...first!, batch: 1 }, code: 'timeout', reason: 'hangs', at: 0 };
    const plan = short(desktop, embedder, [failure]);
    expect(plan[0]).toBe('webgpu fp32 asyncify 1');
    expect(plan.at(-1)).toBe('webgpu fp16 asyncify 1');
    expect(plan).toHaveLength(6);
  });
});

describe('threads', () => {
  it.each([[true, 1, 1], [true, 2, 2], [true, 3, 3], [true, 4, 4], [true, 16, 4], [false, 16, 1]])('isolated %s with %i cores: %i', (crossOriginIsolated, cores, threads) => {
    expect(planProfiles({ ...noGpu, crossOriginIsolated, cores }, embedder)[0]!.threads).toBe(threads);
  });
});

describe('batches', () => {
  it('are one text on the processor for int8, few otherwise, and unpadded', () => {
    const [q8, , fp32] = planProfiles(noGpu, embedder);
    expect([q8!.batch, q8!.buckets, fp32!.batch, fp32!.buckets]).toEqual([1, [], 8, []]);
  });

  it('on a GPU fill buckets up to the model\'s limit', () => {
    expect(planProfiles(desktop, embedder)[0]).toMatchObject({ batch: 32, buckets: [32, 64, 128, 256] });
  });

  it('on a GPU that binds little are smaller', () => {
    const long = { ...embedder, embed: { maxTokens: 512 } as NonNullable<ModelManifest['embed']> };
    expect(planProfiles({ ...desktop, gpu: { ...gpu, maxBindingBytes: 128 * 2 ** 20 } }, long)[0]).toMatchObject({ batch: 8, buckets: [32, 64, 128, 256, 512] });
    expect(planProfiles({ ...desktop, gpu: { ...gpu, maxBindingBytes: 1 } }, long)[0]!.batch).toBe(1);
  });
});

describe('refusals', () => {
  it('name each way that cannot be', () => {
    const { profiles, refused } = planModel({ ...desktop, gpu: { ...gpu, f16: false } }, model('embed', 'transformers', [variant('fp16', ['webgpu']), variant('q8'), variant('q4f16', ['wasm'])]));
    expect(profiles.map(({ device }) => device)).toEqual(['wasm', 'wasm']);
    expect(refused).toEqual([
      { device: 'webgpu', dtype: 'fp16', reason: 'no-f16' }, { device: 'webgpu', dtype: 'q8', reason: 'int8-on-gpu' },
      { device: 'wasm', dtype: 'q4f16', reason: 'dtype-not-for-device' },
    ]);
  });

  it('a GPU that is none, for want of one or as a fallback outside tests', () => {
    expect(planModel(noGpu, webLlm).refused[0]).toMatchObject({ reason: 'no-gpu' });
    const software = { ...desktop, gpu: { ...gpu, isFallback: true } };
    expect(planModel(software, webLlm).refused[0]).toMatchObject({ reason: 'fallback-gpu' });
    expect(planModel(software, webLlm, [], { allowFallbackAdapter: true }).profiles).toHaveLength(2);
  });

  it.each([
    ['maxBufferBytes', 'buffer'], ['maxBindingBytes', 'binding'], ['workgroupStorageBytes', 'workgroup-storage'], ['storageBuffersPerStage', 'storage-buffers'],
  ] as const)('web-llm on a GPU of too small %s', (field, limit) => {
    expect(planModel({ ...desktop, gpu: { ...gpu, [field]: 1 } }, webLlm).refused[0]).toMatchObject({ reason: 'gpu-limit', limit, has: 1 });
  });

  it('web-llm without a compiled library', () => {
    expect(planModel(desktop, { ...webLlm, generate: {} as NonNullable<ModelManifest['generate']> }).refused[0]).toMatchObject({ reason: 'no-library' });
  });

  it('the processor without SIMD', () => {
    expect(planModel({ ...noGpu, simd: false }, embedder).profiles).toEqual([]);
    expect(planModel({ ...noGpu, simd: false }, embedder).refused).toContainEqual({ device: 'wasm', dtype: 'q8', reason: 'no-simd' });
  });

  it('a dtype whose files are not here, and a device that is not wanted', () => {
    expect(short(desktop, embedder, [], { storedDtypes: ['q8'] })).toEqual(['wasm q8 plain 4', 'wasm q8 plain 1']);
    expect(short(desktop, embedder, [], { device: 'wasm' })[0]).toBe('wasm q8 plain 4');
    expect(planModel(desktop, builtIn, [], { device: 'wasm' }).refused).toEqual([{ device: 'browser', dtype: 'q4', reason: 'not-wanted' }]);
  });

  it('memory: with 1 GB a small encoder runs and a writer does not', () => {
    const small = { ...noGpu, memoryGb: 1 };
    expect(short(small, embedder)).not.toEqual([]);
    const plan = planModel(small, model('generate', 'transformers', [variant('q8', ['wasm'], 450 * mb)]));
    expect(plan).toMatchObject({ profiles: [], refused: [{ reason: 'memory', neededBytes: 450 * mb }] });
    expect(refusalError(plan)).toMatchObject({ code: 'model/out-of-memory', detail: { neededBytes: 450 * mb } });
  });

  it('memory: unknown or at the browser\'s cap speaks against nothing but what WASM cannot address', () => {
    expect([availableModelBytes({}, 'webgpu'), availableModelBytes({ memoryGb: 8 }, 'webgpu')]).toEqual([Infinity, Infinity]);
    expect(planModel(noGpu, model('generate', 'transformers', [variant('q8', ['wasm'], 3e9)])).refused).toMatchObject([{ reason: 'memory' }]);
  });

  it('a model with no way at all is refused by a name', () => {
    expect(refusalError(planModel(desktop, model('embed', 'transformers', [])))).toMatchObject({ code: 'model/unsupported' });
    expect(refusalError(planModel(noGpu, webLlm))).toMatchObject({ code: 'model/unsupported', detail: { reason: 'no-gpu' } });
    expect(refusalError(planModel(desktop, builtIn))).toMatchObject({ code: 'model/unsupported', detail: { reason: 'no-built-in-model' } });
  });
});

it('the browser\'s own model is taken where there is one, or could be', () => {
  for (const builtInModel of ['available', 'downloadable'] as const) expect(short({ ...noGpu, builtInModel }, builtIn)).toEqual(['browser q4 1']);
});

describe('properties', () => {
  const dtypes: ModelDtype[] = ['fp32', 'fp16', 'q8', 'q4', 'q4f16', 'q4f16_1', 'q4f32_1'];
  const probes: fc.Arbitrary<DeviceProbe> = fc.record(
    {
      cores: fc.integer({ min: 1, max: 64 }), memoryGb: fc.constantFrom(0.25, 0.5, 1, 2, 4, 8, 32), crossOriginIsolated: fc.boolean(), simd: fc.boolean(), jspi: fc.boolean(),
      browser: fc.constant('Chrome 156'), builtInModel: fc.constantFrom('available' as const, 'downloadable' as const, 'unavailable' as const),
      gpu: fc.record({
        vendor: fc.constant('v'), architecture: fc.constant('a'), isFallback: fc.boolean(), f16: fc.boolean(), subgroups: fc.boolean(), maxBufferBytes: fc.constantFrom(2 ** 27, 2 ** 28, 2 ** 31),
        maxBindingBytes: fc.constantFrom(2 ** 26, 2 ** 27, 2 ** 30), workgroupStorageBytes: fc.constantFrom(16_384, 32_768), storageBuffersPerStage: fc.constantFrom(8, 10),
      }),
    },
    { requiredKeys: ['cores', 'crossOriginIsolated', 'simd', 'jspi', 'browser', 'builtInModel'] },
  );
  const manifests = fc
    .record({
      task: fc.constantFrom<ModelTask>('embed', 'rerank', 'generate'), engine: fc.constantFrom<ModelEngine>('transformers', 'web-llm', 'browser'),
      variants: fc.uniqueArray(fc.record({ dtype: fc.constantFrom(...dtypes), devices: fc.subarray(['webgpu' as const, 'wasm' as const]), memoryBytes: fc.constantFrom(50e6, 500e6, 5e9) }), { selector: ({ dtype }) => dtype }),
      hasLibrary: fc.boolean(),
    })
    .map(({ task, engine, variants, hasLibrary }) =>
      model(task, engine, variants.map((each) => ({ ...each, files: [] })), hasLibrary ? { generate: { library } as NonNullable<ModelManifest['generate']> } : {}),
    );

  it('no plan holds what cannot work, none is empty without a reason, and the processor comes last', () => {
    fc.assert(
      fc.property(probes, manifests, fc.boolean(), (probe, manifest, allow) => {
        const { profiles, refused } = planModel(probe, manifest, [], allow ? { allowFallbackAdapter: true } : {});
        expect(profiles.length > 0 || refused.length > 0).toBe(true);
        for (const { device, dtype, threads, ortBuild, batch, engine } of profiles) {
          expect(engine).toBe(manifest.engine);
          expect(batch).toBeGreaterThanOrEqual(1);
          expect(threads === 1 || (device === 'wasm' && probe.crossOriginIsolated && threads <= Math.min(4, probe.cores))).toBe(true);
          if (device === 'browser') continue;
          const { memoryBytes, devices } = manifest.variants.find((each) => each.dtype === dtype)!;
          expect(devices).toContain(device);
          expect(rankDtypes(engine, device, manifest.task)).toContain(dtype);
          expect(memoryBytes).toBeLessThanOrEqual(availableModelBytes(probe, device));
          if (device === 'wasm') expect([probe.simd, ortBuild]).toEqual([true, 'plain']);
          if (device !== 'webgpu') continue;
          expect(dtype).not.toBe('q8');
          expect(probe.gpu !== undefined && (allow || !probe.gpu.isFallback)).toBe(true);
          expect(!f16Dtypes.includes(dtype) || probe.gpu!.f16).toBe(true);
          expect(ortBuild === 'jspi' ? probe.jspi : true).toBe(true);
        }
        const devices = profiles.map(({ device }) => device);
        expect(devices).toEqual(devices.toSorted((a, b) => Number(a === 'wasm') - Number(b === 'wasm')));
      }),
      { numRuns: 500 },
    );
  });

  it('what failed is kept and only moved, and a verdict speaks of everything once', () => {
    fc.assert(
      fc.property(probes, manifests, fc.infiniteStream(fc.boolean()), (probe, manifest, choose) => {
        const plain = planModel(probe, manifest);
        const failures = plain.profiles.filter(() => choose.next().value === true).map((profile): RememberedFailure => ({ profile, code: 'model/failed', reason: 'broke', at: 0 }));
        const plan = planModel(probe, manifest, failures);
        expect(new Set(plan.profiles)).toEqual(new Set(plain.profiles));
        expect(plan.profiles.length).toBe(plain.profiles.length);
        const [taken] = plan.profiles;
        const verdict = describeVerdict({ plan, failures, ...(taken && { taken }) });
        expect(verdict.notTaken.length).toBe(plan.refused.length + plan.profiles.length - (taken === undefined ? 0 : 1));
        expect(verdict.notTaken.filter(({ reason }) => reason === 'failed').length).toBe(failures.length - (failures.length === plan.profiles.length && taken ? 1 : 0));
      }),
    );
  });
});

it('a verdict says which was slower and which was not needed', () => {
  const plan = planModel(desktop, embedder);
  const [fp16, fp32, q8] = plan.profiles;
  const failures: RememberedFailure[] = [{ profile: fp32!, code: 'model/wrong-numbers', reason: '0.2', at: 0 }];
  expect(describeVerdict({ plan, failures, slower: [{ profile: fp16!, speed: 3 }], taken: q8! })).toEqual({
    taken: q8,
    notTaken: [
      { device: 'webgpu', dtype: 'q8', reason: 'int8-on-gpu' },
      { device: 'webgpu', dtype: 'fp16', reason: 'slower', speed: 3 },
      { device: 'webgpu', dtype: 'fp32', reason: 'failed', code: 'model/wrong-numbers', said: '0.2' },
      ...['q8', 'fp32', 'fp16'].map((dtype) => ({ device: 'wasm', dtype, reason: 'not-needed' })),
    ],
  });
});
