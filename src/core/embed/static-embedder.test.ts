import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { profileId } from '../segment/profile.ts';
import { checkCanaries } from './check-canaries.ts';
import { describeEmbedder } from './embedder.contract.ts';
import { createStaticEmbedder, type StaticModelFiles } from './static-embedder.ts';

const folder = new URL('../../../public/models/alcove/static-en-v1/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const files: StaticModelFiles = {
  config: read('config.json'),
  vocab: read('vocab.txt'),
  vectors: read('vectors.bin'),
  scales: read('scales.bin'),
  golden: read('golden.json'),
};
const embedder = await createStaticEmbedder(files, { chunker: 'test-1' });
const { cases } = JSON.parse(new TextDecoder().decode(files.golden)) as { cases: { text: string; ids: number[]; vector: number[] }[] };

function largestDifference(actual: Float32Array, expected: readonly number[]): number {
  return Math.max(...expected.map((value, d) => Math.abs(value - (actual[d] ?? Number.NaN))));
}

describeEmbedder('the bundled static model', () => Promise.resolve(embedder));

describe('static embedder', () => {
  test.each(cases)('gives the golden vector of $text', async ({ text, ids, vector }) => {
    const actual = await embedder.embedQuery(text);
    expect(actual).toHaveLength(256);
    expect(largestDifference(actual, vector)).toBeLessThanOrEqual(2e-5);
    expect(embedder.countTokens(text)).toBe(ids.length);
  });

  test('a batch holds the vectors of its texts in order', async () => {
    const texts = cases.map((entry) => entry.text);
    const batch = await embedder.embedPassages(texts);
    for (const [i, entry] of cases.entries())
      expect(largestDifference(batch.subarray(i * 256, (i + 1) * 256), entry.vector)).toBeLessThanOrEqual(2e-5);
  });

  test('a text without a known token gives zeros', async () => {
    expect(await embedder.embedQuery('')).toEqual(new Float32Array(256));
    expect(await embedder.embedQuery('\u{1F9FF}')).toEqual(new Float32Array(256));
  });

  test('an aborted signal stops a batch', async () => {
    await expect(embedder.embedPassages(['a'], AbortSignal.abort())).rejects.toThrow(/abort/i);
  });

  test('its canaries pass, and fail for a damaged table', async () => {
    expect((await checkCanaries(embedder)).minCosine).toBeGreaterThan(0.9999);
    const damaged = { ...files, vectors: files.vectors.map((byte, i) => (i % 7 === 0 ? byte ^ 0xff : byte)) };
    const other = await createStaticEmbedder(damaged, { chunker: 'test-1' });
    const check = await checkCanaries(other);
    expect(check.minCosine).toBeLessThan(0.99);
    expect(check.worstText).toBeTypeOf('string');
  });

  test('other files or another chunker make another profile', async () => {
    const damaged = { ...files, scales: files.scales.map((byte, i) => (i === 9 ? byte ^ 1 : byte)) };
    const ids = await Promise.all(
      [embedder, await createStaticEmbedder(damaged, { chunker: 'test-1' }), await createStaticEmbedder(files, { chunker: 'test-2' })].map((each) =>
        profileId(each.profile),
      ),
    );
    expect(new Set(ids).size).toBe(3);
  });

  test.each([
    ['a short table', { ...files, vectors: files.vectors.subarray(1) }],
    ['a short list of scales', { ...files, scales: files.scales.subarray(4) }],
    ['a short vocabulary', { ...files, vocab: files.vocab.subarray(0, 1000) }],
    ['a foreign config', { ...files, config: new TextEncoder().encode('{"id":"x"}') }],
    ['a config that is not JSON', { ...files, config: new TextEncoder().encode('<html>') }],
  ])('%s is refused', async (_title, broken) => {
    await expect(createStaticEmbedder(broken, { chunker: 'test-1' })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
