import type { Searcher } from './library-search.ts';

/** A searcher that knows whether something was committed since it last looked. */
export type FreshSearcher = Pick<Searcher, 'search'> & {
  /** Something was committed: the next `refresh` or `search` takes it up. */
  markStale: () => void;
  /** Resolves when all that was committed before the call can be searched. */
  refresh: () => Promise<void>;
};

export function createFreshSearcher(searcher: { refresh: () => Promise<unknown>; search: Searcher['search'] }): FreshSearcher {
  let isStale = true;
  let running: Promise<void> | undefined;

  const takeUp = async (): Promise<void> => {
    isStale = false;
    try {
      await searcher.refresh();
    } catch (thrown) {
      isStale = true;
      throw thrown;
    } finally {
      running = undefined;
    }
  };

  const refresh = async (): Promise<void> => {
    // One under way may have looked before the last commit, in which case it is stale again.
    for (;;) {
      if (!isStale && running === undefined) return;
      await (running ??= takeUp());
    }
  };

  return {
    markStale: () => void (isStale = true),
    refresh,
    search: async (request, signal) => {
      await refresh();
      return searcher.search(request, signal);
    },
  };
}
