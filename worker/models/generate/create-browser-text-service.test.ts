import { describe, expect, it } from 'vitest';
import { createModelGenerator } from '#core/generate/create-model-generator.ts';
import { describeGenerator } from '#core/generate/generator.contract.ts';
import type { TextRequest } from '#core/generate/text-model.ts';
import { readText } from '#core/generate/text-model.contract.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import { createBrowserTextService } from './create-browser-text-service.ts';
import { createScriptedBuiltInModel, type BuiltInScript } from './test-engines/scripted-built-in-model.ts';

const start = { key: 'x' as ModelKey, profile: { engine: 'browser' as const, device: 'browser' as const, dtype: 'q4' as const, threads: 1, batch: 1, buckets: [] }, baseUrl: 'http://localhost/' };
const ask: TextRequest = { messages: [{ role: 'system', content: 'Be short.' }, { role: 'user', content: 'Count.' }], maxTokens: 50 };
const calm = (): AbortSignal => new AbortController().signal;

async function open(script: BuiltInScript = {}) {
  const scripted = createScriptedBuiltInModel(script);
  const service = createBrowserTextService(scripted.model);
  await service.load(start, () => undefined);
  return { ...scripted, service };
}

describeGenerator('the browser’s own model', async () => {
  const { service, sessions } = await open({ reply: 'It is three months [1][9] <b>so</b> [x](http://evil.example).' });
  const model = { id: 'test', contextTokens: 2048, countTokens: service.countTokens!, generate: service.generate! };
  return { generator: createModelGenerator({ model, facts: { promptForm: 'chat-rules', trust: 'able' }, isSlow: false }), isWriting: () => sessions.open > 0 };
});

describe('text service of the browser’s own model', () => {
  it('gives every request a session of its own that knows what came before, and ends it', async () => {
    const { service, told, sessions } = await open();
    const { text, end } = await readText(service.generate!({ ...ask, prefix: 'One' }, calm()));
    expect(text).toMatch(/^one two .* fourteen$/u);
    expect(end.reason).toBe('end');
    expect(told).toEqual([[{ role: 'system', content: 'Be short.' }, { role: 'user', content: 'Count.' }, { role: 'assistant', content: 'One', prefix: true }]]);
    expect(sessions.open).toBe(0);
  });

  it.each([false, true])('counts tokens by the names that the browser has (older: %s)', async (hasOldNames) => {
    const { service, sessions } = await open({ hasOldNames });
    expect(await service.countTokens!(ask)).toBe(7);
    expect(sessions.open).toBe(0);
  });

  it('stops when told to, and ends at what it may write', async () => {
    const { service, sessions } = await open();
    const abort = new AbortController();
    const source = service.generate!(ask, abort.signal);
    await source.next();
    abort.abort();
    expect((await readText(source)).end.reason).toBe('stopped');
    expect((await readText(service.generate!({ ...ask, maxTokens: 4 }, calm()))).end.reason).toBe('length');
    expect((await readText(service.generate!({ ...ask, stop: ['four'] }, calm()))).text).toBe('one two three ');
    expect((await readText(service.generate!(ask, AbortSignal.abort()))).text).toBe('');
    expect(sessions.open).toBe(0);
  });

  it('refuses what does not fit', async () => {
    const { service } = await open({ quota: 5 });
    await expect(readText(service.generate!(ask, calm()))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('says whether the browser has a model, has it not yet, or has none', async () => {
    await expect(createBrowserTextService(undefined).load(start, () => undefined)).rejects.toMatchObject({ code: 'model/unsupported' });
    await expect(open({ availability: 'unavailable' })).rejects.toMatchObject({ code: 'model/unsupported' });
    await expect(open({ availability: 'downloadable' })).rejects.toMatchObject({ code: 'model/missing' });
  });

  it('sees a model that writes the same again and again', async () => {
    expect(await (await open()).service.verify()).toBeUndefined();
    await expect((await open({ reply: '!!!!!!!! !!!! !!!!' })).service.verify()).rejects.toMatchObject({ code: 'model/wrong-numbers' });
  });
});
