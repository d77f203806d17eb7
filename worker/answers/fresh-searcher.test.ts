import { expect, it } from 'vitest';
import type { SearchRequest, SearchResult } from '#core/search/search-types.ts';
import { createFreshSearcher } from './fresh-searcher.ts';

/** A searcher over one number, which it sees as it was when it last looked. */
function searcherOver(state: { committed: number; fails?: boolean }) {
  let seen = 0;
  return {
    refresh: async () => {
      const looked = state.committed;
      await new Promise((resolve) => setTimeout(resolve));
      if (state.fails) throw new Error('no');
      seen = looked;
    },
    search: async () => ({ passages: [], coverage: { passages: seen } }) as unknown as SearchResult,
  };
}
const request: SearchRequest = { question: 'q', corpora: [], k: 1 };

it('a search sees what was committed before it, also while an older look is under way', async () => {
  const state = { committed: 1 };
  const searcher = createFreshSearcher(searcherOver(state));
  const first = searcher.refresh();
  state.committed = 2;
  searcher.markStale();
  expect((await searcher.search(request)).coverage.passages).toBe(2);
  await first;
});

it('looks again after a look that failed', async () => {
  const state = { committed: 1, fails: true };
  const searcher = createFreshSearcher(searcherOver(state));
  await expect(searcher.search(request)).rejects.toThrow('no');
  state.fails = false;
  expect((await searcher.search(request)).coverage.passages).toBe(1);
});
