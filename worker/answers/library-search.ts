import type { CorpusSearcher } from '#core/search/corpus-searcher.ts';
import type { SearchRequest, SearchResult } from '#core/search/search-types.ts';
import type { AlcoveDatabase } from '../store/database.ts';

/** Searches corpora; `refresh` takes up what was committed since. */
export type Searcher = Pick<CorpusSearcher, 'refresh' | 'search' | 'setNeural' | 'neuralLoaded' | 'setReranker'>;

/**
 * Search as the library sees it: titles are those a person gave, which no segment knows, and the coverage counts the
 * sources of the scope that are still to be read.
 */
export async function searchLibrary(database: AlcoveDatabase, searcher: Pick<Searcher, 'search'>, request: SearchRequest, signal: AbortSignal): Promise<SearchResult> {
  const result = await searcher.search(request, signal);
  const ids = [...new Set(result.passages.map((passage) => passage.document.id))];
  const titles = new Map((await database.sources.bulkGet(ids)).filter((record) => record !== undefined).map((record) => [record.id, record.title]));
  const sourcesPending = await countPending(database, request.corpora);
  return {
    ...result,
    coverage: { ...result.coverage, sourcesPending },
    passages: result.passages.map((passage) => {
      const title = titles.get(passage.document.id);
      return title === undefined ? passage : { ...passage, document: { ...passage.document, title } };
    }),
  };
}

function countPending({ sources }: AlcoveDatabase, corpora: SearchRequest['corpora']): Promise<number> {
  const inScope = new Set(corpora);
  return sources
    .where('[state+order]')
    .between(['queued', -Infinity], ['queued', Infinity])
    .or('[state+order]')
    .between(['reading', -Infinity], ['reading', Infinity])
    .filter((record) => inScope.has(record.collection))
    .count();
}
