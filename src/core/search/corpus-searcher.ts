import type { Embedder } from '../embed/embedder.ts';
import { toAppError } from '../errors/app-error.ts';
import type { CorpusId } from '../ids.ts';
import { analyzeQuery, type AnalyzedQuery } from '../language/analyze-query.ts';
import { containsPhrase } from '../language/contains-phrase.ts';
import { profileId } from '../segment/profile.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import { CorpusLibrary, type RefreshReport } from './corpus-library.ts';
import { KeywordSearch } from './keyword-search.ts';
import { rankPassages, rankRowsWith, weighEvidence, type Candidate, type Ranking, type RankOptions } from './rank-passages.ts';
import { readCandidates } from './read-candidates.ts';
import type { SearchScope } from './search-scope.ts';
import type { RankedPassage, SearchRequest, SearchResult } from './search-types.ts';
import { StageClock } from './stage-clock.ts';
import { TtlCache } from './ttl-cache.ts';

export type CorpusSearcherOptions = {
  store: CorpusStore;
  embedder: Embedder;
  createVectorIndex: (dims: number) => VectorIndex;
  /** Milliseconds, for the caches; by default the time since the program began. */
  now?: () => number;
  cacheTtlMs?: number;
};

export type SearcherMemory = { scanBytes: number; residualBytes: number; passages: number; vectors: number };

/**
 * Searches the corpora of a store by keyword and by meaning at once. `refresh` takes up what was committed since the last
 * one (the first search does it by itself); searches meanwhile see the state before, whole. Text is read from the store
 * for the passages returned and never kept, save in the cache of results. When the embedder fails, a search goes on by
 * keyword, and its coverage says that no passage was compared by meaning. Errors of `search`: `aborted`, and those of the
 * store.
 */
export type CorpusSearcher = {
  refresh(): Promise<RefreshReport>;
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  memory(): SearcherMemory;
};

const candidateDepth = 100;
const maxPhraseRows = 300;
const cachedResults = 200;
const cachedVectors = 500;
const defaultTtlMs = 10 * 60_000;

/** A `CorpusSearcher` over one store and one embedder. Errors: `internal` when the profile has no id to be had. */
export async function createCorpusSearcher(options: CorpusSearcherOptions): Promise<CorpusSearcher> {
  const profile = await profileId(options.embedder.profile);
  const createIndex = (): VectorIndex => options.createVectorIndex(options.embedder.profile.dims);
  return new Searcher(options, new CorpusLibrary({ store: options.store, profile, createIndex }));
}

class Searcher implements CorpusSearcher {
  readonly #options: CorpusSearcherOptions;
  readonly #library: CorpusLibrary;
  readonly #keywordSearch = new KeywordSearch();
  readonly #results: TtlCache<SearchResult>;
  readonly #vectors: TtlCache<Float32Array>;
  #opened: Promise<RefreshReport> | undefined;

  constructor(options: CorpusSearcherOptions, library: CorpusLibrary) {
    this.#options = options;
    this.#library = library;
    const now = options.now ?? (() => performance.now());
    const ttlMs = options.cacheTtlMs ?? defaultTtlMs;
    this.#results = new TtlCache({ maxEntries: cachedResults, ttlMs, now });
    this.#vectors = new TtlCache({ maxEntries: cachedVectors, ttlMs, now });
  }

  refresh(): Promise<RefreshReport> {
    const refreshed = this.#library.refresh();
    this.#opened ??= refreshed;
    return refreshed;
  }

  memory(): SearcherMemory {
    const { bank, segments } = this.#library.snapshot;
    const passages = [...segments.values()].reduce((sum, { rows }) => sum + rows, 0);
    return { ...bank.index.memory(), passages, vectors: bank.liveRows };
  }

  async search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult> {
    try {
      await (this.#opened ?? this.refresh());
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
    try {
      return await this.#searchOnce(request, signal);
    } catch (error) {
      // A merge may have taken away a segment between ranking and reading.
      if (toAppError(error).code !== 'not-found') throw error;
      await this.refresh();
      return this.#searchOnce(request, signal);
    }
  }

  async #searchOnce(request: SearchRequest, signal: AbortSignal | undefined): Promise<SearchResult> {
    signal?.throwIfAborted();
    const clock = new StageClock();
    const question = request.question.normalize('NFC').replace(/\s+/gu, ' ').trim();
    const known = clock.measure('analyze', () => this.#results.get(this.#keyOf(request, question)));
    if (known !== undefined) return { ...known, cached: true, timings: clock.timings() };
    const vector = await clock.measureAsync('embed', () => this.#embed(question, signal));
    // From here to the reading of text nothing waits, so that one state of the corpora is seen throughout.
    const key = this.#keyOf(request, question);
    const scope = clock.measure('analyze', () => this.#library.scopeOf(request.corpora, request.filters));
    const query = clock.measure('analyze', () => analyzeQuery(question, scope.languages));
    const rankOptions = this.#rankOptions(request, scope, query, vector, clock);
    const ranking = rankPassages(rankOptions);
    const evidence = clock.measure('fuse', () => weighEvidence(scope, ranking));
    const questionTerms = ranking.keyword.terms.map(({ query: { terms }, idf }) => ({ terms, idf }));
    const withPhrases = query.phrases.length === 0 ? undefined : this.#phraseCandidates(rankOptions, ranking, query);
    const found = await clock.measureAsync('read', () => this.#read(request, scope, ranking, { query, withPhrases, signal }));
    const result: SearchResult = {
      passages: found.passages,
      evidence: found.lacksPhrase ? { ...evidence, value: 0, covered: 0 } : evidence,
      questionTerms,
      coverage: {
        documents: scope.documents,
        passages: scope.allowedRows,
        passagesByMeaning: vector === undefined ? 0 : scope.passagesByMeaning,
        sourcesPending: 0,
      },
      timings: clock.timings(),
      cached: false,
    };
    if (vector !== undefined) this.#results.set(key, result);
    return result;
  }

  #rankOptions(request: SearchRequest, scope: SearchScope, query: AnalyzedQuery, vector: Float32Array | undefined, clock: StageClock): RankOptions {
    return {
      scope, query, vector, clock,
      bank: this.#library.snapshot.bank,
      keywordSearch: this.#keywordSearch,
      keywordWeight: this.#options.embedder.profile.keywordWeight,
      depth: Math.max(candidateDepth, request.k),
    };
  }

  /** Passages in which all the quoted phrases can stand; whether they do, only the text tells. */
  #phraseCandidates(options: RankOptions, ranking: Ranking, query: AnalyzedQuery): Candidate[] {
    const words = analyzeQuery(query.phrases.join(' '), options.scope.languages);
    return words.terms.length === 0 ? ranking.candidates : rankRowsWith(options, ranking, words, maxPhraseRows);
  }

  /**
   * The text of the best. A quoted phrase must stand in a passage; where it stands in none, the closest passages are given
   * all the same, and `lacksPhrase` is true.
   */
  async #read(
    { k }: SearchRequest, scope: SearchScope, ranking: Ranking,
    { query, withPhrases, signal }: { query: AnalyzedQuery; withPhrases: Candidate[] | undefined; signal: AbortSignal | undefined },
  ): Promise<{ passages: RankedPassage[]; lacksPhrase: boolean }> {
    const options = { store: this.#options.store, scope, k, signal };
    if (withPhrases !== undefined) {
      const accept = ({ passage }: RankedPassage): boolean => query.phrases.every((phrase) => containsPhrase(passage.text, phrase));
      const passages = await readCandidates(withPhrases, { ...options, accept });
      if (passages.length > 0) return { passages, lacksPhrase: false };
    }
    return { passages: await readCandidates(ranking.candidates, options), lacksPhrase: withPhrases !== undefined };
  }

  #keyOf({ corpora, k, filters }: SearchRequest, question: string): string {
    const { heads, repairs } = this.#library.snapshot;
    const seqs = [...new Set(corpora)].sort().map((corpus: CorpusId) => [corpus, heads.get(corpus)?.seq ?? 0]);
    return JSON.stringify([question, seqs, repairs, k, filters ?? {}]);
  }

  async #embed(question: string, signal: AbortSignal | undefined): Promise<Float32Array | undefined> {
    const known = this.#vectors.get(question);
    if (known !== undefined) return known;
    try {
      const vector = await this.#options.embedder.embedQuery(question, signal);
      this.#vectors.set(question, vector);
      return vector;
    } catch (error) {
      if (toAppError(error).code === 'aborted') throw error;
      return undefined;
    }
  }
}
