import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Reranker } from './reranker.ts';

const query = 'When is the rent due?';
const passages = ['Rent is due on the first day of the month.', 'Granite forms deep in the crust.', '', 'rent', '人工智能', 'The harbour was closed in winter. '.repeat(60)];

/** What every `Reranker` promises. */
export function describeReranker(name: string, create: () => Promise<Reranker>): void {
  describe(`${name} as a reranker`, () => {
    let reranker: Reranker;

    beforeAll(async () => {
      reranker = await create();
    });

    it('has a name and a speed', () => {
      expect(reranker.model).not.toBe('');
      expect(reranker.pairsPerSecond).toBeGreaterThan(0);
    });

    it('gives each passage the score it has alone, in whatever order they come', async () => {
      const alone = new Map<string, number>();
      for (const passage of passages) alone.set(passage, (await reranker.score(query, [passage]))[0]!);
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(passages), async (some) => {
          const scores = await reranker.score(query, some);
          expect(scores).toHaveLength(some.length);
          for (const [i, passage] of some.entries()) expect(scores[i]).toBeCloseTo(alone.get(passage)!, 3);
        }),
        { numRuns: 6 },
      );
    });

    it('gives finite numbers for any texts', async () => {
      const odd = ['\ud800', '[SEP]', '\0', 'x'.repeat(5_000), 'word '.repeat(3_000)];
      for (const text of ['', ...odd]) expect(Array.from(await reranker.score(text, odd)).every(Number.isFinite)).toBe(true);
    });

    it('scores differ with the query', async () => {
      const [first] = await reranker.score(query, [passages[0]!]);
      const [second] = await reranker.score('How old is granite?', [passages[0]!]);
      expect(first).not.toBe(second);
    });

    it('stops when called off', async () => {
      await expect(reranker.score(query, passages, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    });
  });
}
