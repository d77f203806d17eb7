import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelsState } from '#core/engine/engine-api.ts';
import { fakeCatalogue, fakeDevice } from '../../test-engine/fake-models.ts';
import { deviceVerdict, hardwareWords, placeOfProfile } from './device-words.ts';
import { commandsOf } from './model-commands.ts';
import { loadedWords, notHereWords, parameterWords, rateWords, stateWords } from './model-words.ts';

const gpu = { vendor: 'x', architecture: 'y', isFallback: false, f16: true, subgroups: true, maxBufferBytes: 1, maxBindingBytes: 1, workgroupStorageBytes: 1, storageBuffersPerStage: 8 };
const smol = () => fakeCatalogue().find(({ title }) => title.startsWith('SmolLM2'))!;
const profile = { engine: 'transformers', device: 'wasm', dtype: 'q8', threads: 2, batch: 1, buckets: [] } as const;
const running = { profile: { ...profile, buckets: [] }, speed: { value: 27.4, unit: 'tokens/s' as const }, loadMs: 1 };
const verdict = (models: ModelsState['models'], device: ModelsState['device'] = fakeDevice) => deviceVerdict({ ...(device && { device }), models, canAskHub: true });

describe('the verdict on a device', () => {
  it('names the hardware and what is missing', () => {
    expect(hardwareWords(fakeDevice)).toBe('8 cores, no WebGPU');
    expect(hardwareWords({ cores: 1, gpu })).toBe('1 core, WebGPU with 16-bit arithmetic');
    expect(hardwareWords({ cores: 4, gpu: { ...gpu, isFallback: true } })).toBe('4 cores, WebGPU on the processor only');
  });

  it('gives the speed only where it was measured', () => {
    expect(verdict([smol()])).toBe('8 cores, no WebGPU. Search and quoted answers work now; written answers need a 129 MB model.');
    expect(verdict([{ ...smol(), running }])).toBe('8 cores, no WebGPU. Search and quoted answers work now; written answers need a 129 MB model, about 21 words a second here.');
    expect(verdict([{ ...smol(), running, phase: 'ready', isChosen: true }])).toContain('answers are written by SmolLM2 135M Instruct, about 21 words a second here.');
  });

  it('takes the smallest model that runs here, and says where none does', () => {
    expect(verdict(fakeCatalogue())).toContain('a 129 MB model');
    expect(verdict(fakeCatalogue().filter(({ dtype }) => dtype === undefined))).toContain('no written-answer model is on offer');
    expect(deviceVerdict({ models: [], canAskHub: false })).toBe('Looking at what this device offers');
  });
});

describe('a model in words', () => {
  it('says where it runs', () => {
    expect(placeOfProfile(profile)).toBe('on the processor, 2 threads');
    expect(placeOfProfile({ device: 'webgpu', threads: 1 })).toBe('on the graphics processor');
    expect(stateWords({ ...smol(), phase: 'ready', isChosen: true, running }, fakeDevice)).toBe('Running on the processor, 2 threads · in use');
  });

  it('says why a device cannot run it', () => {
    expect(notHereWords({ engine: 'web-llm' }, fakeDevice)).toContain('it needs WebGPU');
    expect(notHereWords({ engine: 'web-llm' }, { ...fakeDevice, gpu: { ...gpu, f16: false } })).toContain('16-bit arithmetic');
    expect(notHereWords({ engine: 'browser' }, fakeDevice)).toContain('a language model of its own');
  });

  it('counts bytes in the unit of the whole, as wide at every step', () => {
    expect(loadedWords(31_000_000, 127_264_735)).toBe('31 of 127 MB');
    expect(loadedWords(0, 23_000_000)).toBe('0.0 of 23 MB');
    expect(rateWords({ loadedBytes: 0, totalBytes: 1, bytesPerSecond: 4_200_000, secondsLeft: 19.6 })).toBe('4.2 MB/s · 20 s left');
    expect(rateWords({ loadedBytes: 0, totalBytes: 1 })).toBe('');
    expect(parameterWords(134_500_000)).toBe('135 million');
    expect(parameterWords(1_700_000_000)).toBe('1.7 billion');
  });

  it('never says that more is loaded than there is', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
      const [loaded, whole] = loadedWords(Math.floor(total * share), total).replaceAll(',', '').split(' of ').map(Number.parseFloat);
      expect(loaded!).toBeLessThanOrEqual(whole! + 0.06);
    }));
  });
});

describe('what can be done with a model', () => {
  it('is to repair what is damaged and to try again what failed to run', () => {
    const failed = { ...smol(), phase: 'failed' as const, storedBytes: 1 };
    expect(commandsOf({ ...failed, error: { code: 'model/corrupt', message: '' } }, true)).toEqual(['repair', 'remove']);
    expect(commandsOf({ ...failed, error: { code: 'model/out-of-memory', message: '' } }, true)).toEqual(['try-again', 'remove']);
    expect(commandsOf({ ...failed, storedBytes: 0, error: { code: 'offline', message: '' } }, true)).toEqual(['try-again']);
  });

  it('is nothing where it cannot be had', () => {
    expect(commandsOf(smol(), false)).toEqual([]);
  });
});
