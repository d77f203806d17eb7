import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { profileId } from '../segment/profile.ts';
import { checkCanaries } from './check-canaries.ts';
import type { Embedder } from './embedder.ts';

const texts = [
  'Rent is due on the first day of the month.', 'Granite forms deep in the crust.', 'rent', 'Die Miete ist am Ersten fällig.', '人工智能',
  'A much longer passage, which says in many words that the harbour was closed in winter and opened again in spring. '.repeat(4), 'Granite forms deep in the crust.',
];

const oddText = fc.oneof(
  fc.constantFrom('', ' ', '\n\t', '\ud800', '\0', '🙂👩‍💻', '[SEP] [CLS]', 'x'.repeat(5_000), 'word '.repeat(3_000)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, d) => sum + value * b[d]!, 0);
}

/** What every `Embedder` promises. `minCosine`: how close its canaries must come, by its dtype. */
export function describeEmbedder(name: string, create: () => Promise<Embedder>, { minCosine = 0.999 }: { minCosine?: number } = {}): void {
  describe(`${name} as an embedder`, () => {
    let embedder: Embedder;
    let dims: number;

    beforeAll(async () => {
      embedder = await create();
      ({ dims } = embedder.profile);
    });

    const rowOf = (vectors: Float32Array, row: number): Float32Array => vectors.subarray(row * dims, (row + 1) * dims);

    it('has a profile with an id', async () => {
      expect(dims).toBeGreaterThan(0);
      expect(await profileId(embedder.profile)).toMatch(/^[0-9a-f]{64}$/);
    });

    it('gives the vectors of its canaries', async () => {
      expect((await checkCanaries(embedder)).minCosine).toBeGreaterThanOrEqual(minCosine);
    });

    it('gives each passage the vector it has alone, in the order of the passages', async () => {
      const together = await embedder.embedPassages(texts);
      expect(together).toHaveLength(texts.length * dims);
      for (const [i, text] of texts.entries()) {
        expect(cosine(await embedder.embedPassages([text]), rowOf(together, i))).toBeGreaterThan(0.9999);
      }
    });

    it('gives unit vectors or zeros of finite numbers for any text', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(oddText, { maxLength: 4 }), async (odd) => {
          const vectors = await embedder.embedPassages(odd);
          expect(vectors).toHaveLength(odd.length * dims);
          for (const i of odd.keys()) {
            const norm = Math.hypot(...rowOf(vectors, i));
            expect(norm === 0 || Math.abs(norm - 1) < 1e-3).toBe(true);
          }
        }),
        { numRuns: 12 },
      );
    });

    it('gives a question a vector of the same kind', async () => {
      const question = await embedder.embedQuery('When is the rent due?');
      expect(question).toHaveLength(dims);
      expect(Math.hypot(...question)).toBeCloseTo(1, 3);
    });

    it('keeps calls made at once apart', async () => {
      const [first, second, third] = await Promise.all([embedder.embedPassages(texts), embedder.embedQuery(texts[1]!), embedder.embedPassages([texts[2]!])]);
      expect(cosine(third!, rowOf(first!, 2))).toBeGreaterThan(0.9999);
      expect(cosine(second!, await embedder.embedQuery(texts[1]!))).toBeGreaterThan(0.9999);
    });

    it('gives vectors in memory of their own, that can be handed over', async () => {
      const { buffer, byteLength } = await embedder.embedPassages([texts[0]!]);
      expect(buffer.byteLength).toBe(byteLength);
    });

    it('stops when called off', async () => {
      await expect(embedder.embedPassages(texts, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    });

    it('counts tokens: none of nothing, and no fewer of a text twice than of it once', () => {
      expect(embedder.countTokens('')).toBe(0);
      for (const text of texts) {
        const count = embedder.countTokens(text);
        expect(Number.isSafeInteger(count)).toBe(true);
        expect(count).toBeGreaterThan(0);
        expect(embedder.countTokens(`${text} ${text}`)).toBeGreaterThanOrEqual(count);
      }
    });
  });
}
