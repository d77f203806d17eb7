import { describe, expect, it } from 'vitest';
import type { DeviceProbe, EngineProfile } from '#core/device/engine-profile.ts';
import type { ErrorCode } from '#core/errors/app-error.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import { createDatabase } from '../../store/database.ts';
import { corpusTables } from '../../store/dexie-corpus-tables.ts';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createDexieVerdicts } from '../host/dexie-verdicts.ts';
import { describeVerdictMemory } from './verdict-memory.contract.ts';
import { createMemoryVerdicts, verdictKey, withChoice, withFailure, withoutStale, type VerdictRecord } from './verdict-memory.ts';

describeVerdictMemory('in memory', createMemoryVerdicts);
describeVerdictMemory('in the engine\'s database', async () => {
  const database = createDatabase({ name: 'verdicts', corpusTables, indexedDB: { indexedDB: new IDBFactory(), IDBKeyRange } });
  await database.open();
  return createDexieVerdicts(database);
});

const gpu: EngineProfile = { engine: 'transformers', device: 'webgpu', dtype: 'fp16', threads: 1, batch: 32, buckets: [] };
const wasm: EngineProfile = { ...gpu, device: 'wasm', dtype: 'q8' };
const failure = (code: ErrorCode, profile = gpu, at = 0) => ({ profile, code, reason: 'so', at });
const none: VerdictRecord = { failures: [] };
const day = 86_400_000;

describe('what is remembered', () => {
  it('holds for one GPU, browser, isolation, model and library', () => {
    const probe: DeviceProbe = {
      cores: 2, crossOriginIsolated: true, simd: true, jspi: false, browser: 'Chrome 156', builtInModel: 'unavailable',
      gpu: { vendor: 'intel', architecture: 'gen-12lp', isFallback: false, f16: true, subgroups: true, maxBufferBytes: 1, maxBindingBytes: 1, workgroupStorageBytes: 1, storageBuffersPerStage: 1 },
    };
    const { gpu: _gpu, ...noGpu } = probe;
    const model = 'org/model@c' as ModelKey;
    const keys = [
      verdictKey(probe, model, '4.3.1'), verdictKey(noGpu, model, '4.3.1'), verdictKey({ ...probe, browser: 'Chrome 157' }, model, '4.3.1'), verdictKey({ ...probe, crossOriginIsolated: false }, model, '4.3.1'),
      verdictKey(probe, 'org/model@d' as ModelKey, '4.3.1'), verdictKey(probe, model, '4.3.2'), verdictKey({ ...probe, gpu: { ...probe.gpu!, architecture: 'gen-9' } }, model, '4.3.1'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(verdictKey({ ...probe, cores: 8 }, model, '4.3.1')).toBe(keys[0]);
  });

  it.each(['aborted', 'internal', 'model/missing', 'model/corrupt', 'offline', 'storage-unavailable'] as const)('is not "%s", which says nothing about the device', (code) => {
    expect(withFailure(none, failure(code))).toEqual(none);
  });

  it('is the last failure of a profile, until it works', () => {
    const twice = withFailure(withFailure(none, failure('timeout')), failure('model/wrong-numbers'));
    expect(twice.failures).toEqual([failure('model/wrong-numbers')]);
    const chosen = { profile: gpu, speed: 9, loadMs: 1, at: 0 };
    expect(withChoice(withFailure(twice, failure('timeout', wasm)), chosen)).toEqual({ failures: [failure('timeout', wasm)], chosen });
  });

  it('is given up after a week', () => {
    const record: VerdictRecord = { failures: [failure('timeout', gpu, 0), failure('timeout', wasm, 3 * day)], chosen: { profile: wasm, speed: 9, loadMs: 1, at: 0 } };
    expect(withoutStale(record, 6 * day)).toEqual(record);
    expect(withoutStale(record, 8 * day)).toEqual({ failures: [failure('timeout', wasm, 3 * day)] });
  });
});
