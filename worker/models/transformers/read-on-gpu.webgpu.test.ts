import { afterEach, describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { FromModelWorker } from '../supervisor/model-worker-protocol.ts';
import { ModelWorkerClient } from '../test-models/model-worker-client.ts';
import { profileOf } from '../test-models/profile-of.ts';

const open: ModelWorkerClient[] = [];

function start(): { client: ModelWorkerClient; worker: Worker } {
  const worker = new Worker(new URL('../test-models/served-model-worker.ts', import.meta.url), { type: 'module' });
  const client = new ModelWorkerClient(worker);
  open.push(client);
  return { client, worker };
}

afterEach(() => open.splice(0).forEach((client) => client.end()));

const onGpu = (parts: Partial<EngineProfile> = {}): EngineProfile => profileOf({ device: 'webgpu', ortBuild: 'jspi', batch: 4, buckets: [32, 64], ...parts });

/** The software adapter shows what is right and how things fail, never how fast they are. */
describe('reading texts on WebGPU', () => {
  it('gives golden vectors, the same for a text alone and in a padded batch', async () => {
    const { client } = start();
    await client.load('alcove-test/tiny-bert', onGpu());
    expect(await client.verify()).toBeGreaterThan(0.9999);
    const texts = ['rent', 'A cat sleeps on the sofa.', 'word '.repeat(60), 'rent is due', 'rent'];
    const together = await client.call('embed', texts, 'passage');
    for (const [i, text] of texts.entries()) {
      const alone = await client.call('embed', [text], 'passage');
      alone.forEach((value, d) => expect(together[i * 32 + d]).toBeCloseTo(value, 4));
    }
  });

  it('gives golden logits', async () => {
    const { client } = start();
    await client.load('alcove-test/tiny-cross-encoder', onGpu({ buckets: [] }));
    expect(await client.verify()).toBe(1);
  });

  it('runs in the build for browsers without stack switching', async () => {
    const { client } = start();
    await client.load('alcove-test/tiny-bert', onGpu({ ortBuild: 'asyncify' }));
    expect(await client.call('embed', ['rent'], 'query')).toHaveLength(32);
  });

  it('refuses 16-bit floats by name where the adapter has none', async () => {
    await expect(start().client.load('alcove-test/tiny-bert', onGpu({ dtype: 'fp16' }))).rejects.toMatchObject({ code: 'model/unsupported' });
  });

  it('says that the device is lost, and so does the call that meets it', async () => {
    const { client, worker } = start();
    await client.load('alcove-test/tiny-bert', onGpu());
    const lost = new Promise<FromModelWorker>((resolve) => worker.addEventListener('message', ({ data }: MessageEvent<FromModelWorker>) => data.kind === 'lost' && resolve(data)));
    new BroadcastChannel('alcove-test-destroy-device').postMessage(undefined);
    await lost;
    await expect(client.call('embed', ['rent'], 'query')).rejects.toMatchObject({ code: 'device-lost' });
  });
});
