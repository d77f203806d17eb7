import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import type { ModelService } from '../model-service.ts';
import { openFolder, type ModelDescription } from '../test-models/folder-model-files.ts';
import { createTransformersTextService } from './create-transformers-text-service.ts';

const root = join(import.meta.dirname, '../../..');
const tinyFolder = join(root, 'fixtures/models/alcove-test/tiny-random-llama');
const shared = process.env['ALCOVE_SHARED'] ?? join(root, '../shared');
const smolFolder = join(shared, 'models/HuggingFaceTB/SmolLM2-135M-Instruct');
const smol: ModelDescription = {
  id: 'HuggingFaceTB/SmolLM2-135M-Instruct', title: 'SmolLM2 135M', task: 'generate', engine: 'transformers', licence: { name: 'Apache-2.0' }, parameters: 134_515_008,
  variants: [{ dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: 480e6 }],
  generate: { contextTokens: 8192, promptForm: 'given-citation', trust: 'toy', canaries: [{ prompt: 'What is the capital of France?', text: 'The capital of France is Paris.' }] },
};

const profile = (dtype: EngineProfile['dtype']): EngineProfile => ({ engine: 'transformers', device: 'wasm', dtype, threads: 1, batch: 1, buckets: [] });

async function start(folder: string, dtype: EngineProfile['dtype'], description?: ModelDescription): Promise<ModelService> {
  const service = createTransformersTextService({ openFiles: () => openFolder(folder, description) });
  await service.load({ key: 'test' as ModelKey, profile: profile(dtype), baseUrl: 'http://localhost/' }, () => undefined);
  return service;
}

async function read(service: ModelService, request: TextRequest, signal = new AbortController().signal): Promise<{ text: string; end: TextEnd }> {
  const source = service.generate!(request, signal);
  let text = '';
  for (;;) {
    const step = await source.next();
    if (step.done) return { text, end: step.value };
    text += step.value;
  }
}

const ask = (content: string, maxTokens = 48): TextRequest => ({ messages: [{ role: 'user', content }], maxTokens });

describe('transformers.js text service over tiny-random-llama', () => {
  it('writes the text that its canaries promise', async () => {
    const service = await start(tinyFolder, 'fp32');
    expect(await service.verify()).toBe(1);
    const { text, end } = await read(service, ask('What is in the notes?'));
    expect(text).toBe('gisXccp_#z/_#]>hhhy95{Xc asQM|||JtiouCbJJJXle inIheuan;>,');
    expect(end).toMatchObject({ reason: 'length', promptTokens: 27, tokens: 48 });
    expect(await service.measure()).toBeGreaterThan(0);
  });
});

describe('transformers.js text service over SmolLM2', () => {
  it.skipIf(!existsSync(smolFolder))('names the capital of France', async () => {
    const service = await start(smolFolder, 'q8', smol);
    expect(await service.verify()).toBe(1);
    const { text, end } = await read(service, ask('What is the capital of France?'));
    expect(text).toBe('The capital of France is Paris.');
    expect(end.reason).toBe('end');
  });
});
