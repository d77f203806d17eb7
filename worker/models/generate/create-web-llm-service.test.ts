import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { createModelGenerator } from '#core/generate/create-model-generator.ts';
import { describeGenerator } from '#core/generate/generator.contract.ts';
import type { TextRequest } from '#core/generate/text-model.ts';
import { describeTextModel, readText } from '#core/generate/text-model.contract.ts';
import type { Sha256 } from '#core/ids.ts';
import type { ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { webLlmVersion } from '#core/models/web-llm-library.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService } from '../model-service.ts';
import { createWebLlmService, type WebLlmOptions } from './create-web-llm-service.ts';
import { ScriptedWebLlmEngine, type EngineScript } from './test-engines/scripted-web-llm-engine.ts';

const tokenizer = readFileSync(join(import.meta.dirname, '../../../fixtures/models/alcove-test/tiny-random-llama/tokenizer.json'), 'utf8');
const form = {
  system_template: '<|im_start|>system\n{system_message}<|im_end|>\n', system_message: 'You help.', roles: { user: '<|im_start|>user', assistant: '<|im_start|>assistant' },
  role_templates: { user: '{user_message}', assistant: '{assistant_message}' }, seps: ['<|im_end|>\n'], role_content_sep: '\n', role_empty_sep: '\n', stop_str: ['<|im_end|>'], stop_token_ids: [2],
};
const library = `mlc/${webLlmVersion}/lib-q4f16_1.wasm`;
const contents: Record<string, string> = { 'mlc-chat-config.json': JSON.stringify({ conv_template: form }), 'tokenizer.json': tokenizer, 'tensor-cache.json': '{}', [library]: 'wasm' };
const manifest: ModelManifest = {
  id: 'mlc-ai/Tiny-MLC', commit: '0123456789012345678901234567890123456789', title: 'Tiny', task: 'generate', engine: 'web-llm', licence: { name: 'MIT' }, parameters: 1,
  files: Object.keys(contents).map((path) => ({ path, bytes: contents[path]!.length, sha256: '' as Sha256 })),
  variants: [{ dtype: 'q4f16_1', devices: ['webgpu'], files: [], memoryBytes: 1 }],
  generate: { contextTokens: 2048, promptForm: 'chat-rules', trust: 'small', canaries: [], library: { path: 'lib-q4f16_1.wasm', modelId: 'Tiny-q4f16_1-MLC' } },
};
const files: ModelFiles = { manifest, read: async (path) => (contents[path] === undefined ? undefined : new Blob([contents[path]])) };
const start = (dtype: EngineProfile['dtype'] = 'q4f16_1') => ({ key: 'x' as ModelKey, profile: { engine: 'web-llm' as const, device: 'webgpu' as const, dtype, threads: 1, batch: 1, buckets: [] }, baseUrl: 'http://localhost/' });
const calm = (): AbortSignal => new AbortController().signal;
const ask: TextRequest = { messages: [{ role: 'user', content: 'Count.' }], maxTokens: 50 };

function create(script: EngineScript = {}, options: Partial<WebLlmOptions> = {}) {
  const seen: { engine?: ScriptedWebLlmEngine; lose?: (reason: string) => void; urlOf?: (path: string) => string } = {};
  const service = createWebLlmService({
    openFiles: async () => files,
    createEngine: async (appConfig) => (seen.engine = new ScriptedWebLlmEngine(appConfig, script)),
    installCaches: (_, urlOf) => (seen.urlOf = urlOf),
    hasShaderF16: async () => true,
    watchDevices: (onLost) => (seen.lose = onLost),
    ...options,
  });
  return { service, seen };
}

async function open(script: EngineScript = {}, options: Partial<WebLlmOptions> = {}) {
  const { service, seen } = create(script, options);
  const losses: string[] = [];
  await service.load(start(), (reason) => losses.push(reason));
  return { service, losses, engine: seen.engine!, lose: seen.lose!, urlOf: seen.urlOf! };
}

const asModel = (service: ModelService) => ({ id: 'test', contextTokens: 2048, countTokens: service.countTokens!, generate: service.generate! });

describeTextModel('web-llm, scripted engine', async () => ({ model: asModel((await open()).service), messages: [{ role: 'user', content: 'Count.' }] }));

for (const promptForm of ['chat-rules', 'given-citation'] as const) {
  describeGenerator(`web-llm, scripted engine, ${promptForm}`, async () => {
    const { service } = await open({ reply: 'It is three months [1][9] <b>so</b> [x](http://evil.example).' });
    return { generator: createModelGenerator({ model: asModel(service), facts: { promptForm, trust: 'small' }, isSlow: false }) };
  });
}

describe('web-llm service', () => {
  it('tells web-llm whole addresses that the stored files answer to, the context and the features it needs', async () => {
    const { engine, urlOf } = await open();
    const [record] = engine.appConfig.model_list;
    expect(record?.model).toMatch(/^https:\/\/.*\/mlc-ai\/Tiny-MLC\/resolve\/0123456789012345678901234567890123456789\/$/u);
    expect(record).toMatchObject({ model_id: 'Tiny-q4f16_1-MLC', required_features: ['shader-f16'], overrides: { context_window_size: 2048 } });
    expect(record?.model_lib).toBe(urlOf(library));
    expect(record?.model_lib).not.toContain('localhost');
    expect(urlOf('tensor-cache.json')).toBe(`${record?.model}tensor-cache.json`);
  });

  it('refuses 16-bit weights on a GPU without 16-bit floats before anything is loaded', async () => {
    const { service, seen } = create({}, { hasShaderF16: async () => false });
    await expect(service.load(start(), () => undefined)).rejects.toMatchObject({ code: 'model/unsupported' });
    expect(seen.engine).toBeUndefined();
    await create({}, { hasShaderF16: async () => false }).service.load(start('q4f32_1'), () => undefined);
  });

  it('has at most one request with the engine, and forgets one that was called off while it waited', async () => {
    const { service, engine } = await open({ tokenMs: 1 });
    const abort = new AbortController();
    const all = [calm(), abort.signal, calm()].map((signal) => readText(service.generate!(ask, signal)));
    abort.abort();
    expect((await Promise.all(all)).map(({ end }) => end.reason)).toEqual(['end', 'stopped', 'end']);
    expect(engine.mostOutstanding).toBe(1);
    expect(engine.requests).toHaveLength(2);
  });

  it('stops the engine within a token', async () => {
    const { service, engine } = await open({ tokenMs: 5, reply: 'word '.repeat(200) });
    const abort = new AbortController();
    const source = service.generate!({ ...ask, maxTokens: 200 }, abort.signal);
    await source.next();
    abort.abort();
    expect((await readText(source)).end.reason).toBe('stopped');
    expect(engine.tokensMade).toBeLessThanOrEqual(3);
  });

  it('counts with the model’s tokenizer in the model’s form, and gives the figures of the engine', async () => {
    const { service } = await open();
    const count = await service.countTokens!(ask);
    expect(count).toBeGreaterThan('You help.Count.'.length / 3);
    const { end } = await readText(service.generate!({ ...ask, maxTokens: 3 }, calm()));
    expect(end).toMatchObject({ reason: 'length', tokens: 3, promptTokens: count });
  });

  it('asks for no thoughts, and has a beginning continued as one prompt of text', async () => {
    const { service, engine } = await open();
    await readText(service.generate!(ask, calm()));
    expect(engine.requests[0]).toMatchObject({ extra_body: { enable_thinking: false }, temperature: 0 });
    await readText(service.generate!({ ...ask, prefix: 'According to [1],' }, calm()));
    expect(engine.requests[1]).toMatchObject({ prompt: '<|im_start|>system\nYou help.<|im_end|>\n<|im_start|>user\nCount.<|im_end|>\n<|im_start|>assistant\nAccording to [1],' });
  });

  it('keeps dollar signs through the pattern that web-llm fills its form with', async () => {
    const { service, engine } = await open();
    await readText(service.generate!({ messages: [{ role: 'user', content: 'It costs $1, $& and $$.' }], maxTokens: 2 }, calm()));
    const [request] = engine.requests;
    const content = request !== undefined && 'messages' in request ? request.messages[0]?.content : undefined;
    expect('{user_message}'.replace('{user_message}', typeof content === 'string' ? content : '')).toBe('It costs $1, $& and $$.');
  });

  it('fails where a load is called off, with a string for a reason', async () => {
    const { service } = create({ reload: (engine) => new Promise((resolve) => setTimeout(() => void engine.unload().then(() => setTimeout(resolve, 50)), 5)) });
    await expect(service.load(start(), () => undefined)).rejects.toMatchObject({ code: 'engine-gone', message: 'Engine.unload() is called.' });
  });

  it('says that a model unloaded behind its back is gone', async () => {
    const { service, engine } = await open();
    await engine.unload();
    await expect(readText(service.generate!(ask, calm()))).rejects.toMatchObject({ code: 'engine-gone' });
  });

  it('ends a text that hangs after the device is lost, and tells of the loss once', async () => {
    const { service, losses, lose } = await open({ hangAt: 2 });
    const source = service.generate!(ask, calm());
    await source.next();
    await source.next();
    const third = source.next();
    lose('gone');
    await expect(third).rejects.toMatchObject({ code: 'device-lost' });
    expect(losses).toEqual(['gone']);
  });

  it('ends a text that falls silent', async () => {
    const { service } = await open({ hangAt: 2 }, { limits: { promptMs: 200, tokenMs: 30 } });
    await expect(readText(service.generate!(ask, calm()))).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ends a load whose device is lost', async () => {
    const { service, seen } = create({ reload: () => new Promise(() => undefined) });
    const loading = service.load(start(), () => undefined);
    await expect.poll(() => seen.engine).toBeDefined();
    seen.lose?.('out of memory');
    await expect(loading).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('names broken files', async () => {
    const openWith = (path: string, content: string | undefined) => create({}, { openFiles: async () => ({ ...files, read: async (asked) => (asked === path ? content && new Blob([content]) : files.read(asked)) }) as ModelFiles }).service.load(start(), () => undefined);
    await expect(openWith('mlc-chat-config.json', undefined)).rejects.toMatchObject({ code: 'model/missing' });
    await expect(openWith('mlc-chat-config.json', '<html>')).rejects.toMatchObject({ code: 'model/corrupt' });
    await expect(openWith('mlc-chat-config.json', '{"conv_template":{}}')).rejects.toMatchObject({ code: 'model/invalid' });
  });
});
