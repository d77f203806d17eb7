import type { AnalyzedQuery } from '../language/analyze-query.ts';
import { computeEvidence } from './evidence.ts';
import { fuseScores, type FusionFacts } from './fuse.ts';
import { holdsTerm, type KeywordScores, type KeywordSearch } from './keyword-search.ts';
import { documentAt } from './loaded-segment.ts';
import { compareRows, placeOf, type SearchScope } from './search-scope.ts';
import type { Evidence } from './search-types.ts';
import { selectTop } from './select-top.ts';
import type { StageClock } from './stage-clock.ts';
import type { VectorBank } from './vector-bank.ts';

/** A row of the scope with its scores; `cosine` is undefined where the row has no vector. */
export type Candidate = { row: number; keyword: number; cosine: number | undefined; fused: number };

export type Ranking = { candidates: Candidate[]; keyword: KeywordScores };

export type RankOptions = {
  scope: SearchScope;
  bank: VectorBank;
  keywordSearch: KeywordSearch;
  query: AnalyzedQuery;
  vector: Float32Array | undefined;
  fusion: FusionFacts;
  /** Whether the model behind `vector` knows a document's language. */
  knowsLanguage: (language: string) => boolean;
  /** How many of each retriever's best become candidates. */
  depth: number;
  clock: StageClock;
};

/** The best of both retrievers, each with both exact scores, in falling fused score. Runs without a pause. */
export function rankPassages(options: RankOptions): Ranking {
  const { scope, bank, keywordSearch, query, vector, depth, clock } = options;
  const ties = (a: number, b: number): number => compareRows(scope, a, b);
  const keyword = clock.measure('keyword', () => keywordSearch.score(scope, query.terms));
  const rows = clock.measure('keyword', () => new Set(selectTop(keyword.scores, depth, ties)));
  const cosines = clock.measure('vectors', () => {
    if (vector === undefined || scope.passagesByMeaning === 0) return new Map<number, number>();
    for (const hit of bank.index.search(vector, depth, scope.allowVectors)) {
      const row = scopeRowOf(scope, hit.row);
      if (row !== undefined) rows.add(row);
    }
    return readCosines(options, vector, [...rows]);
  });
  return { candidates: clock.measure('fuse', () => fuseRows(options, keyword, [...rows], cosines)), keyword };
}

/** The rows that hold all terms of a phrase, best first: where a phrase can stand at all. */
export function rankRowsWith(options: RankOptions, ranking: Ranking, phrase: AnalyzedQuery, limit: number): Candidate[] {
  const { scope, keywordSearch, vector } = options;
  const scores = ranking.keyword.scores;
  const rows = keywordSearch.rowsWithAll(scope, phrase.terms);
  const best = rows.sort((a, b) => scores[b]! - scores[a]! || compareRows(scope, a, b)).slice(0, limit);
  const cosines = vector === undefined ? new Map<number, number>() : readCosines(options, vector, best);
  return fuseRows(options, ranking.keyword, best, cosines);
}

/** The cosine of a row by the vectors of a scope's bank; `undefined` where it has none there. */
export function cosineOf(scope: SearchScope, bank: VectorBank, vector: Float32Array | undefined, row: number): number | undefined {
  const { entry, row: inSegment } = placeOf(scope, row);
  return vector === undefined || entry.vectorRow < 0 ? undefined : bank.index.score(vector, [entry.vectorRow + inSegment])[0];
}

/** The evidence of the best candidate for the whole question; `cosine` is its own on the scale that verdicts are made by. */
export function weighEvidence(scope: SearchScope, ranking: Ranking, cosine: number | undefined): Evidence {
  const best = ranking.candidates[0];
  const place = best && placeOf(scope, best.row);
  const terms = ranking.keyword.terms.map(({ query, documentFrequency, idf }) => ({
    idf,
    seen: documentFrequency > 0,
    covered: place !== undefined && documentFrequency > 0 && holdsTerm(place.entry.part, place.row, query),
  }));
  return computeEvidence(terms, cosine);
}

function fuseRows(options: RankOptions, keyword: KeywordScores, rows: number[], cosines: ReadonlyMap<number, number>): Candidate[] {
  const { scope, fusion, knowsLanguage } = options;
  const { scores, bound } = keyword;
  const knows = new Map(scope.languages.map((language) => [language, knowsLanguage(language)]));
  const candidates = rows.map((row): Candidate => {
    const bm25 = scores[row]!;
    const cosine = cosines.get(row);
    const fused = fuseScores({ bm25, bound, cosine, knowsLanguage: knows.get(languageOf(scope, row)) ?? true }, fusion);
    return { row, keyword: bound === 0 ? 0 : bm25 / bound, cosine, fused };
  });
  return candidates.sort((a, b) => b.fused - a.fused || compareRows(scope, a.row, b.row));
}

function readCosines({ scope, bank }: RankOptions, vector: Float32Array, rows: readonly number[]): Map<number, number> {
  const withVector: number[] = [];
  const vectorRows: number[] = [];
  for (const row of rows) {
    const { entry, row: inSegment } = placeOf(scope, row);
    if (entry.vectorRow < 0) continue;
    withVector.push(row);
    vectorRows.push(entry.vectorRow + inSegment);
  }
  const cosines = bank.index.score(vector, vectorRows);
  return new Map(withVector.map((row, index) => [row, cosines[index]!]));
}

function languageOf(scope: SearchScope, row: number): string {
  const { entry, row: inSegment } = placeOf(scope, row);
  return documentAt(entry.segment, inSegment).document.language;
}

/** Row of the scope that has this row of the vector index. */
function scopeRowOf(scope: SearchScope, vectorRow: number): number | undefined {
  const entry = scope.entries.find((item) => item.vectorRow >= 0 && vectorRow >= item.vectorRow && vectorRow < item.vectorRow + item.segment.rows);
  return entry && entry.firstRow + vectorRow - entry.vectorRow;
}
