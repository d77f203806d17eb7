import type { CorpusSearcher } from '../../src/core/search/corpus-searcher.ts';
import type { RankedPassage } from '../../src/core/search/search-types.ts';
import { evalCorpus, indexDocuments, toParsedDocument, type EvalModels } from './index-documents.ts';
import { mean, ndcgAt, recallAt, reciprocalRankAt, type Relevance } from './ranking-metrics.ts';
import type { RetrievalSet } from './retrieval-set.ts';

export const rankings = ['keyword', 'vectors', 'hybrid'] as const;
export type RankingName = (typeof rankings)[number];

/** Means over the questions of a set. */
export type RetrievalRow = { set: string; ranking: RankingName; ndcg10: number; recall10: number; mrr10: number };

/** So many passages that the first ten documents of each part of the fusion are among them. */
const deep = 200;
const shown = 100;

/** Scores the product's ranking of a set's documents, and its two parts alone. A document ranks by its best passage. */
export async function evaluateRetrieval(set: RetrievalSet, models: EvalModels): Promise<RetrievalRow[]> {
  const { searcher } = await indexDocuments(set.documents.map(toParsedDocument), models);
  const ranked: Record<RankingName, { ids: string[]; relevant: Relevance }[]> = { keyword: [], vectors: [], hybrid: [] };
  for (const query of set.queries) {
    const relevant = set.relevance.get(query.id) ?? new Map<string, number>();
    const lists = await rankDocuments(searcher, query.text);
    for (const name of rankings) ranked[name].push({ ids: lists[name], relevant });
  }
  return rankings.map((ranking) => ({
    set: set.name,
    ranking,
    ndcg10: mean(ranked[ranking].map(({ ids, relevant }) => ndcgAt(10, ids, relevant))),
    recall10: mean(ranked[ranking].map(({ ids, relevant }) => recallAt(10, ids, relevant))),
    mrr10: mean(ranked[ranking].map(({ ids, relevant }) => reciprocalRankAt(10, ids, relevant))),
  }));
}

async function rankDocuments(searcher: CorpusSearcher, question: string): Promise<Record<RankingName, string[]>> {
  const request = { question, corpora: [evalCorpus] };
  const hybrid = await searcher.search({ ...request, k: shown });
  const candidates = (await searcher.search({ ...request, k: deep })).passages;
  return {
    hybrid: documentsOf(hybrid.passages),
    keyword: documentsOf(sortBy(candidates, ({ keyword }) => keyword)),
    vectors: documentsOf(sortBy(candidates, ({ meaning }) => meaning)),
  };
}

/** Passages with a score above 0, best first; ties keep their order. */
export function sortBy(passages: readonly RankedPassage[], score: (passage: RankedPassage) => number): RankedPassage[] {
  return passages.filter((passage) => score(passage) > 0).sort((a, b) => score(b) - score(a));
}

function documentsOf(passages: readonly RankedPassage[]): string[] {
  return [...new Set(passages.map(({ document }) => document.id as string))];
}
