import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService } from '../model-service.ts';
import { openFolder } from '../test-models/folder-model-files.ts';
import { profileOf } from '../test-models/profile-of.ts';
import { createRerankService } from './create-rerank-service.ts';

type Golden = { pairs: { text: string; text_pair: string; ids: number[]; logit: number }[] };

const folder = new URL('../../../fixtures/models/alcove-test/tiny-cross-encoder/', import.meta.url).pathname;
const files = await openFolder(folder);
const { pairs } = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as Golden;
const idle = new AbortController().signal;

async function start(profile: Partial<EngineProfile> = {}, opened: ModelFiles = files): Promise<Required<Pick<ModelService, 'score'>> & ModelService> {
  const service = createRerankService({ openFiles: () => Promise.resolve(opened) });
  await service.load({ key: modelKey(opened.manifest), profile: profileOf(profile), baseUrl: 'http://localhost/' }, () => {});
  return service as Required<Pick<ModelService, 'score'>> & ModelService;
}

describe('rerank service', () => {
  it.each([['fp32', 1e-3], ['fp16', 0.01], ['q8', 0.1]] as const)('gives the golden logits as %s, also of a pair that is cut', async (dtype, tolerance) => {
    const service = await start({ dtype });
    expect(await service.verify()).toBe(1);
    for (const { text, text_pair, logit } of pairs) {
      const [actual] = await service.score(text, [text_pair], idle);
      expect(Math.abs(actual! - logit)).toBeLessThan(tolerance);
    }
    expect(pairs.some(({ ids }) => ids.length === files.manifest.rerank!.maxTokens)).toBe(true);
  });

  it.each([
    ['q8', { dtype: 'q8' }],
    ['fp32 in buckets', { dtype: 'fp32', buckets: [16, 32, 64] }],
  ] as const)('scores a passage the same alone and among others, in their order: %s', async (_title, profile) => {
    const service = await start({ ...profile, buckets: 'buckets' in profile ? [...profile.buckets] : [] });
    const passages = pairs.map(({ text_pair }) => text_pair);
    const together = await service.score('How do I reset my password?', passages, idle);
    for (const [i, passage] of passages.entries()) {
      const [alone] = await service.score('How do I reset my password?', [passage], idle);
      expect(together[i]).toBeCloseTo(alone!, 5);
    }
  });

  it('takes texts of any length, and none', async () => {
    const service = await start({ dtype: 'q8' });
    const long = 'word '.repeat(100_000);
    expect(Array.from(await service.score(long, [long, ''], idle)).every(Number.isFinite)).toBe(true);
    expect(await service.score('', [], idle)).toHaveLength(0);
  });

  it('says that numbers are wrong where its canaries say so', async () => {
    const canaries = files.manifest.rerank!.canaries.map((canary, i) => (i === 0 ? { ...canary, logit: canary.logit + 0.5 } : canary));
    const service = await start({}, { ...files, manifest: { ...files.manifest, rerank: { ...files.manifest.rerank!, canaries } } });
    await expect(service.verify()).rejects.toMatchObject({ code: 'model/wrong-numbers' });
  });

  it('measures a speed and stops when called off', async () => {
    const service = await start({ dtype: 'q8' });
    expect(await service.measure()).toBeGreaterThan(0);
    await expect(service.score('a', ['b'], AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });

  it('refuses an embedder: it gives no logit', async () => {
    const embedder = await openFolder(new URL('../../../fixtures/models/alcove-test/tiny-bert/', import.meta.url).pathname);
    const manifest = { ...embedder.manifest, rerank: { maxTokens: 128, canaries: [] } };
    await expect(start({}, { ...embedder, manifest })).rejects.toMatchObject({ code: 'model/invalid' });
  });
});
