import { afterEach, describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { ModelWorkerClient } from '../test-models/model-worker-client.ts';
import { profileOf } from '../test-models/profile-of.ts';
import { sharedModels } from '../test-models/served-model-files.ts';

const open: ModelWorkerClient[] = [];

function start(): ModelWorkerClient {
  const client = new ModelWorkerClient(new Worker(new URL('../test-models/served-model-worker.ts', import.meta.url), { type: 'module' }));
  open.push(client);
  return client;
}

afterEach(() => open.splice(0).forEach((client) => client.end()));

const tinyRuns: [string, Partial<EngineProfile>, number][] = [
  ['fp32', { dtype: 'fp32' }, 0.9999],
  ['fp16', { dtype: 'fp16' }, 0.9999],
  ['q8', { dtype: 'q8' }, 0.999],
  ['q8 with two threads', { dtype: 'q8', threads: 2 }, 0.999],
  ['q8 in the build for WebGPU', { dtype: 'q8', ortBuild: 'asyncify' }, 0.999],
];

describe('embedding in a worker of Chromium, on WASM', () => {
  it.each(tinyRuns)('gives the golden vectors of the tiny model as %s', async (_title, profile, least) => {
    const client = start();
    await client.load('alcove-test/tiny-bert', profileOf(profile));
    expect(await client.verify()).toBeGreaterThan(least);
    const vectors = await client.call('embed', ['rent', 'a much longer text about rent', 'rent'].map((text) => text), 'passage');
    expect(vectors).toHaveLength(96);
    expect(vectors.slice(0, 32)).toEqual(vectors.slice(64));
  });

  it('gives the golden logits of the tiny cross-encoder', async () => {
    const client = start();
    await client.load('alcove-test/tiny-cross-encoder', profileOf({ dtype: 'q8' }));
    expect(await client.verify()).toBe(1);
    expect(await client.call('score', 'a', ['b', 'c'])).toHaveLength(2);
  });

  it('names what is missing', async () => {
    await expect(start().load('alcove-test/tiny-bert', profileOf({ dtype: 'q4' }))).rejects.toMatchObject({ code: 'model/unsupported' });
  });

  const realRuns: [string, Partial<EngineProfile>, number][] = [
    ['q8', { dtype: 'q8', threads: 2 }, 0.975],
    ['fp16', { dtype: 'fp16', threads: 2 }, 0.999],
  ];
  it.skipIf(sharedModels === '').each(realRuns)('gives the golden vectors of MiniLM as %s (needs its files)', async (_title, profile, least) => {
    const client = start();
    await client.load('Xenova/all-MiniLM-L6-v2', profileOf(profile));
    expect(await client.verify()).toBeGreaterThan(least);
  });
});
