import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService } from '../model-service.ts';
import { openFolder } from '../test-models/folder-model-files.ts';
import { describeMiniLm, type GoldenVectors } from '../test-models/minilm.ts';
import { profileOf } from '../test-models/profile-of.ts';
import { createEmbedService } from './create-embed-service.ts';

const root = new URL('../../../', import.meta.url).pathname;
const tinyFolder = join(root, 'fixtures/models/alcove-test/tiny-bert');
const miniLmFolder = join(process.env['ALCOVE_SHARED'] ?? join(root, '../shared'), 'models/Xenova/all-MiniLM-L6-v2');
const baseUrl = 'http://localhost/';
const idle = new AbortController().signal;

const tiny = await openFolder(tinyFolder);

async function start(files: ModelFiles, profile: Partial<EngineProfile> = {}): Promise<Required<Pick<ModelService, 'embed'>> & ModelService> {
  const service = createEmbedService({ openFiles: () => Promise.resolve(files) });
  await service.load({ key: modelKey(files.manifest), profile: profileOf(profile), baseUrl }, () => {});
  return service as Required<Pick<ModelService, 'embed'>> & ModelService;
}

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, d) => sum + value * b[d]!, 0);

describe('embed service', () => {
  it.each([['fp32', 0.9999], ['fp16', 0.9999], ['q8', 0.999]] as const)('gives the golden vectors of the tiny model as %s', async (dtype, least) => {
    expect(await (await start(tiny, { dtype })).verify()).toBeGreaterThan(least);
  });

  it.skipIf(!existsSync(miniLmFolder)).each([['fp16', 0.9999], ['q8', 0.975]] as const)(
    'gives the golden vectors of MiniLM as %s (needs its files)',
    async (dtype, least) => {
      const golden = JSON.parse(readFileSync(join(miniLmFolder, 'golden.json'), 'utf8')) as GoldenVectors;
      const service = await start(await openFolder(miniLmFolder, describeMiniLm(golden)), { dtype, threads: 2 });
      expect(await service.verify()).toBeGreaterThan(least);
    },
  );

  const words = ['lease', 'harbour', 'granite', 'invoice', 'orchard', 'winter', 'signal', 'copper'];
  const texts = Array.from({ length: 40 }, (_, i) => words.slice(0, 1 + ((i * 5) % words.length)).join(' ').repeat(1 + (i % 3)));

  it.each([
    ['q8 on WASM', { dtype: 'q8', batch: 8 }],
    ['fp32 in batches of equal lengths', { dtype: 'fp32', batch: 8 }],
    ['fp32 in padded buckets', { dtype: 'fp32', batch: 8, buckets: [16, 32, 64] }],
  ] as const)('gives a text the same vector alone and among others, in the order of the texts: %s', async (_title, profile) => {
    const service = await start(tiny, { ...profile, buckets: 'buckets' in profile ? [...profile.buckets] : [] });
    const together = await service.embed(texts, 'passage', idle);
    expect(together).toHaveLength(texts.length * 32);
    for (const [i, text] of texts.entries()) {
      const alone = await service.embed([text], 'passage', idle);
      expect(cosine(alone, together.subarray(i * 32, (i + 1) * 32))).toBeGreaterThan(0.99999);
    }
  });

  it('gives unit vectors, for nothing and for far too long a text too', async () => {
    const service = await start(tiny, { dtype: 'q8' });
    const vectors = await service.embed(['', ' ', 'word '.repeat(200_000)], 'passage', idle);
    for (let i = 0; i < 3; i++) expect(Math.hypot(...vectors.subarray(i * 32, (i + 1) * 32))).toBeCloseTo(1, 4);
    expect(await service.embed([], 'passage', idle)).toHaveLength(0);
  });

  it('puts the prefixes of the manifest before questions and passages', async () => {
    const manifest = { ...tiny.manifest, embed: { ...tiny.manifest.embed!, queryPrefix: 'query: ', passagePrefix: 'passage: ' } };
    const prefixed = await start({ ...tiny, manifest });
    const plain = await start(tiny);
    expect(await prefixed.embed(['rent'], 'query', idle)).toEqual(await plain.embed(['query: rent'], 'query', idle));
    expect(await prefixed.embed(['rent'], 'passage', idle)).toEqual(await plain.embed(['passage: rent'], 'query', idle));
  });

  it('lets a question in between the passages of a long call', async () => {
    const service = await start(tiny, { dtype: 'q8' });
    const order: string[] = [];
    const passages = service.embed(texts, 'passage', idle).then(() => order.push('passages'));
    await new Promise((resolve) => setTimeout(resolve));
    await service.embed(['rent'], 'query', idle).then(() => order.push('question'));
    await passages;
    expect(order).toEqual(['question', 'passages']);
  });

  it('stops between two runs when called off', async () => {
    const service = await start(tiny, { dtype: 'q8' });
    const abort = new AbortController();
    const call = service.embed(texts, 'passage', abort.signal);
    setTimeout(() => abort.abort());
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await expect(service.embed(texts, 'passage', AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });

  it('measures a speed', async () => {
    expect(await (await start(tiny, { dtype: 'q8' })).measure()).toBeGreaterThan(0);
  });

  it.each([
    ['a dtype that the model does not come in', { dtype: 'q4' }, tiny, 'model/unsupported'],
    ['a file that is not stored', {}, { ...tiny, read: (path: string) => (path === 'tokenizer.json' ? Promise.resolve(undefined) : tiny.read(path)) }, 'model/missing'],
    ['a model file that is cut short', {}, { ...tiny, read: async (path: string) => (path.endsWith('.onnx') ? (await tiny.read(path))!.slice(0, 5000) : tiny.read(path)) }, 'model/corrupt'],
    ['a config that is not JSON', {}, { ...tiny, read: async (path: string) => (path === 'config.json' ? new Blob(['<html>']) : tiny.read(path)) }, 'model/corrupt'],
    ['a manifest that lies about the dimension', {}, { ...tiny, manifest: { ...tiny.manifest, embed: { ...tiny.manifest.embed!, dims: 64 } } }, 'model/invalid'],
    ['a manifest without facts', {}, { ...tiny, manifest: { ...tiny.manifest, embed: undefined } }, 'model/invalid'],
  ] as const)('refuses %s by name', async (_title, profile, files, code) => {
    await expect(start(files as ModelFiles, profile)).rejects.toMatchObject({ code });
  });
});
