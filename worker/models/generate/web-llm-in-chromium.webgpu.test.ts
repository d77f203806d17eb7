import { afterEach, describe, expect, it } from 'vitest';
import { readText } from '#core/generate/text-model.contract.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import { createTextModel } from '../create-text-model.ts';
import { createModelWorker } from '../supervisor/model-worker.ts';
import { superviseModel } from '../supervisor/supervise-model.ts';
import type { SupervisedModel } from '../supervisor/supervised-model.ts';
import { createMemoryVerdicts } from '../supervisor/verdict-memory.ts';
import { ModelWorkerClient } from '../test-models/model-worker-client.ts';
import { profileOf } from '../test-models/profile-of.ts';
import { openWebLlmAtHand, webLlmAtHand } from './test-engines/web-llm-test-files.ts';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

const start = (name: string): Worker => new Worker(new URL('./test-engines/web-llm-test-worker.ts', import.meta.url), { type: 'module', name });

describe.skipIf(webLlmAtHand !== null)('web-llm itself, in a worker of Chromium', () => {
  it('reads the stored files at the addresses it is given, and says that the library is none', async () => {
    const client = new ModelWorkerClient(start(''));
    closers.push(() => client.end());
    await expect(client.load('test/web-llm-model', profileOf({ engine: 'web-llm', device: 'webgpu', dtype: 'q4f32_1' }))).rejects.toMatchObject({ code: 'model/corrupt', message: expect.stringMatching(/wasm|magic/iu) });
  });

  it('refuses 16-bit weights without 16-bit floats', async () => {
    const client = new ModelWorkerClient(start(''));
    closers.push(() => client.end());
    await expect(client.load('test/web-llm-model', profileOf({ engine: 'web-llm', device: 'webgpu', dtype: 'q4f16_1' }))).rejects.toMatchObject({ code: 'model/unsupported' });
  });
});

describe.skipIf(webLlmAtHand === null)('a real web-llm model (needs ALCOVE_WEBLLM_MODEL and a GPU)', () => {
  const open = (): SupervisedModel => {
    const { manifest } = openWebLlmAtHand(webLlmAtHand!);
    const supervised = superviseModel({
      key: modelKey(manifest), manifest, plan: [profileOf({ engine: 'web-llm', device: 'webgpu', dtype: manifest.variants[0]!.dtype })], baseUrl: `${location.origin}/`,
      startWorker: () => createModelWorker(start), memory: createMemoryVerdicts(), verdictKey: 'here', limits: { loadMs: 900_000 },
    });
    closers.push(() => supervised.stop());
    return supervised;
  };

  it('loads, writes, continues a beginning, and stops', { timeout: 1_200_000 }, async () => {
    const supervised = open();
    const { manifest } = openWebLlmAtHand(webLlmAtHand!);
    await supervised.start();
    const model = createTextModel(manifest, supervised);
    const ask = { messages: [{ role: 'user' as const, content: 'What is the capital of France? Answer in one sentence.' }], maxTokens: 48 };
    const { text, end } = await readText(model.generate(ask, new AbortController().signal));
    expect(text).toContain('Paris');
    expect(Math.abs(end.promptTokens - (await model.countTokens(ask)))).toBeLessThan(8);
    expect((await readText(model.generate({ ...ask, prefix: 'The capital of France is' }, new AbortController().signal))).text).toContain('Paris');
    const abort = new AbortController();
    const source = model.generate({ ...ask, messages: [{ role: 'user', content: 'Write a long story.' }], maxTokens: 500 }, abort.signal);
    await source.next();
    abort.abort();
    expect((await readText(source)).end.reason).toBe('stopped');
    expect(supervised.state).toMatchObject({ phase: 'ready', attempts: [] });
  });
});
