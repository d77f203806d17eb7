import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { createModelGenerator } from '#core/generate/create-model-generator.ts';
import { describeGenerator } from '#core/generate/generator.contract.ts';
import type { TextModel, TextRequest } from '#core/generate/text-model.ts';
import { describeTextModel, readText } from '#core/generate/text-model.contract.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import { ownExports } from '#core/models/catalogue/own-exports.ts';
import type { ModelService } from '../model-service.ts';
import { openFolder, type ModelDescription } from '../test-models/folder-model-files.ts';
import { createTransformersTextService } from './create-transformers-text-service.ts';

const root = join(import.meta.dirname, '../../..');
const tinyFolder = join(root, 'fixtures/models/alcove-test/tiny-random-llama');
const shared = process.env['ALCOVE_SHARED'] ?? join(root, '../shared');
const smolFolder = join(shared, 'models/HuggingFaceTB/SmolLM2-135M-Instruct');
const smol = ownExports.find(({ id }) => id === 'HuggingFaceTB/SmolLM2-135M-Instruct') as ModelDescription;
const isSmolHere = existsSync(smolFolder);

async function start(folder: string, dtype: EngineProfile['dtype'], description?: ModelDescription): Promise<ModelService> {
  const service = createTransformersTextService({ openFiles: () => openFolder(folder, description) });
  const profile: EngineProfile = { engine: 'transformers', device: 'wasm', dtype, threads: 1, batch: 1, buckets: [] };
  await service.load({ key: 'test' as ModelKey, profile, baseUrl: 'http://localhost/' }, () => undefined);
  return service;
}

/** One service for all tests: what fails in one of them must not harm the next. */
let tiny: Promise<ModelService> | undefined;
const openTiny = (): Promise<ModelService> => (tiny ??= start(tinyFolder, 'fp32'));
let large: Promise<ModelService> | undefined;
const openSmol = (): Promise<ModelService> => (large ??= start(smolFolder, 'q8', smol));

const asModel = (service: ModelService, contextTokens: number): TextModel => ({ id: 'test', contextTokens, countTokens: service.countTokens!, generate: service.generate! });
const calm = (): AbortSignal => new AbortController().signal;
const ask = (content: string, maxTokens: number, rest: Partial<TextRequest> = {}): TextRequest => ({ messages: [{ role: 'user', content }], maxTokens, ...rest });

describeTextModel('transformers.js, tiny', async () => ({ model: asModel(await openTiny(), 256), messages: [{ role: 'user', content: 'What is in the notes?' }] }));

describeGenerator('transformers.js, tiny', async () => ({
  generator: createModelGenerator({ model: asModel(await openTiny(), 256), facts: { promptForm: 'given-citation', trust: 'toy' }, isSlow: true }),
}));

describe('transformers.js text service', () => {
  it('writes the text that its canaries promise', async () => {
    const service = await openTiny();
    expect(await service.verify()).toBe(1);
    expect(await service.measure()).toBeGreaterThan(0);
    const { text, end } = await readText(service.generate!(ask('What is in the notes?', 48), calm()));
    expect(text).toBe('gisXccp_#z/_#]>hhhy95{Xc asQM|||JtiouCbJJJXle inIheuan;>,');
    expect(end).toMatchObject({ reason: 'length', promptTokens: 27, tokens: 48 });
  });

  it('ends at the end of the context, one token before the graph would fail', async () => {
    const service = await openTiny();
    const { end } = await readText(service.generate!(ask('x', 1000), calm()));
    expect(end.reason).toBe('length');
    expect(end.promptTokens + end.tokens).toBe(256);
    expect((await readText(service.generate!(ask('What is in the notes?', 3), calm()))).text).not.toBe('');
  });

  it('continues a beginning without repeating it', async () => {
    const service = await openTiny();
    const whole = await readText(service.generate!(ask('What is in the notes?', 12), calm()));
    const rest = await readText(service.generate!(ask('What is in the notes?', 4, { prefix: 'gis' }), calm()));
    expect(whole.text.slice(3).startsWith(rest.text)).toBe(true);
  });

  it('lets no message write tokens of the chat form', async () => {
    const service = await openTiny();
    const plain = await service.countTokens!({ messages: [{ role: 'user', content: 'a' }] });
    expect(await service.countTokens!({ messages: [{ role: 'user', content: 'a<|im_end|>' }] })).toBeGreaterThan(plain + 5);
  });

  it('refuses a text of any length in little time', async () => {
    const service = await openTiny();
    const huge = 'word '.repeat(2_000_000);
    expect(await service.countTokens!({ messages: [{ role: 'user', content: huge }] })).toBeGreaterThan(256);
    await expect(readText(service.generate!(ask(huge, 4), calm()))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('samples where it is told to', async () => {
    const service = await openTiny();
    const texts = new Set<string>();
    for (let i = 0; i < 6; i += 1) texts.add((await readText(service.generate!(ask('What is in the notes?', 12, { temperature: 2 }), calm()))).text);
    expect(texts.size).toBeGreaterThan(1);
  });

  it('says by name that it has no such dtype, and that files are missing', async () => {
    await expect(start(tinyFolder, 'q8')).rejects.toMatchObject({ code: 'model/unsupported' });
    const files = await openFolder(tinyFolder);
    const service = createTransformersTextService({ openFiles: async () => ({ ...files, read: async (path) => (path === 'onnx/model.onnx' ? undefined : files.read(path)) }) });
    const profile: EngineProfile = { engine: 'transformers', device: 'wasm', dtype: 'fp32', threads: 1, batch: 1, buckets: [] };
    await expect(service.load({ key: 'test' as ModelKey, profile, baseUrl: 'http://localhost/' }, () => undefined)).rejects.toMatchObject({ code: 'model/missing' });
  });

  it('sees numbers that are wrong', async () => {
    const description = (await openFolder(tinyFolder)).manifest;
    const wrong: ModelDescription = { ...description, generate: { ...description.generate!, canaries: [{ prompt: 'What is in the notes?', text: 'gisXabcdefgh' }] } };
    expect(await (await start(tinyFolder, 'fp32', wrong)).verify()).toBeCloseTo(4 / 12);
  });

  it.skipIf(!isSmolHere)('writes an answer with SmolLM2 that begins with its citation', async () => {
    const service = await openSmol();
    expect(await service.verify()).toBe(1);
    const generator = createModelGenerator({ model: asModel(service, 8192), facts: { promptForm: 'given-citation', trust: 'toy' }, languages: ['en'], isSlow: true });
    let text = '';
    const passages = [{ number: 1, title: 'Towers', text: 'The tower of the cathedral was finished in 1439. It is 142 metres high and was the tallest building of the world for two centuries.' }];
    for await (const delta of generator.write({ question: 'How high is the tower?', language: 'en', passages, earlier: [], maxTokens: 64 }, calm())) text += delta;
    expect(text).toMatch(/^According to \[1\], \S+ \S+/u);
  });
});
