import type { Embedder } from '../embed/embedder.ts';
import { toAppError } from '../errors/app-error.ts';
import type { CorpusId } from '../ids.ts';
import { analyzeQuery, type AnalyzedQuery } from '../language/analyze-query.ts';
import { containsPhrase } from '../language/contains-phrase.ts';
import type { Reranker } from '../rerank/reranker.ts';
import { profileId } from '../segment/profile.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import { CorpusLibrary, type RefreshReport } from './corpus-library.ts';
import { scaleMeaning } from './fuse.ts';
import { KeywordSearch } from './keyword-search.ts';
import { defaultTtlMs, MeaningChoice, type Meaning } from './meaning-choice.ts';
import { cosineOf, rankPassages, rankRowsWith, weighEvidence, type Candidate, type Ranking, type RankOptions } from './rank-passages.ts';
import { readCandidates } from './read-candidates.ts';
import { PassageReranker } from './rerank-passages.ts';
import type { SearchScope } from './search-scope.ts';
import type { RankedPassage, SearchRequest, SearchResult, UsedModel } from './search-types.ts';
import { StageClock } from './stage-clock.ts';
import { TtlCache } from './ttl-cache.ts';

export type CorpusSearcherOptions = {
  store: CorpusStore;
  /** The embedder that is always there: fast, and with vectors of every segment before any other has them. */
  embedder: Embedder;
  createVectorIndex: (dims: number) => VectorIndex;
  /** Milliseconds, for the caches; by default the time since the program began. */
  now?: () => number;
  cacheTtlMs?: number;
  /** How long a question waits for its vector by the neural embedder. */
  neuralLimitMs?: number;
  /** What reranking may cost a question. */
  rerankLimitMs?: number;
};

export type SearcherMemory = { scanBytes: number; residualBytes: number; passages: number; vectors: number };

/**
 * Searches the corpora of a store by keyword and by meaning at once. `refresh` takes up what was committed since the last
 * one (the first search does it by itself); searches meanwhile see the state before, whole. Text is read from the store
 * for the passages returned and never kept, save in the cache of results.
 *
 * Meaning is compared by the neural embedder where one is set, every passage of the scope has its vector and the
 * question's comes in time; else by the embedder that is always there, and `neuralFallback` says why. When that fails too,
 * a search goes on by keyword, and its coverage says that no passage was compared by meaning. Errors of `search`:
 * `aborted`, and those of the store.
 */
export type CorpusSearcher = {
  refresh(): Promise<RefreshReport>;
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  /**
   * The neural embedder that is ready now, or none: at once back to the one that is always there. Its vectors are loaded
   * in the background. The same profile again (a new worker for the same model) loads nothing anew.
   */
  setNeural(embedder: Embedder | undefined): Promise<void>;
  setReranker(reranker: Reranker | undefined): void;
  /** Resolves when the neural vectors that the last refresh saw are loaded. */
  neuralLoaded(): Promise<void>;
  memory(): SearcherMemory;
};

const candidateDepth = 100;
const maxPhraseRows = 300;
const cachedResults = 200;
const defaultRerankLimitMs = 300;

/** A `CorpusSearcher` over one store. Errors: `internal` when the profile has no id to be had. */
export async function createCorpusSearcher(options: CorpusSearcherOptions): Promise<CorpusSearcher> {
  const profile = await profileId(options.embedder.profile);
  const createIndex = (): VectorIndex => options.createVectorIndex(options.embedder.profile.dims);
  const library = new CorpusLibrary({ store: options.store, profile, createIndex });
  return new Searcher(options, library, new MeaningChoice({ ...options, library, profile }));
}

class Searcher implements CorpusSearcher {
  readonly #options: CorpusSearcherOptions;
  readonly #library: CorpusLibrary;
  readonly #meaning: MeaningChoice;
  readonly #keywordSearch = new KeywordSearch();
  readonly #results: TtlCache<SearchResult>;
  #reranker: PassageReranker | undefined;
  #opened: Promise<RefreshReport> | undefined;

  constructor(options: CorpusSearcherOptions, library: CorpusLibrary, meaning: MeaningChoice) {
    this.#options = options;
    this.#library = library;
    this.#meaning = meaning;
    const { now = () => performance.now(), cacheTtlMs: ttlMs = defaultTtlMs } = options;
    this.#results = new TtlCache({ maxEntries: cachedResults, ttlMs, now });
  }

  refresh(): Promise<RefreshReport> {
    const refreshed = this.#library.refresh().then((report) => {
      this.#meaning.followLibrary();
      return report;
    });
    this.#opened ??= refreshed;
    return refreshed;
  }

  setNeural(embedder: Embedder | undefined): Promise<void> {
    return this.#meaning.setNeural(embedder);
  }

  setReranker(reranker: Reranker | undefined): void {
    this.#reranker = reranker && new PassageReranker(reranker, this.#options.rerankLimitMs ?? defaultRerankLimitMs);
  }

  neuralLoaded(): Promise<void> {
    return this.#meaning.loaded();
  }

  memory(): SearcherMemory {
    const { bank, segments } = this.#library.snapshot;
    const passages = [...segments.values()].reduce((sum, { rows }) => sum + rows, 0);
    const [first, second] = [bank.index.memory(), this.#meaning.memory()];
    return { scanBytes: first.scanBytes + second.scanBytes, residualBytes: first.residualBytes + second.residualBytes, passages, vectors: bank.liveRows };
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
    const known = clock.measure('analyze', () => this.#results.get(this.#keyOf(request, question, this.#meaning.expected(request))));
    if (known !== undefined) return { ...known, cached: true, timings: clock.timings() };
    const chooseMeaning = await clock.measureAsync('embed', () => this.#meaning.embed(request, question, signal));
    // From here to the reading of text nothing waits, so that one state of the corpora is seen throughout.
    const meaning = clock.measure('analyze', chooseMeaning);
    const key = this.#keyOf(request, question, meaning);
    const scope = clock.measure('analyze', () => this.#library.scopeOf(request.corpora, request.filters, meaning.bank));
    const query = clock.measure('analyze', () => analyzeQuery(question, scope.languages));
    const rankOptions = this.#rankOptions(request, scope, query, meaning, clock);
    const ranking = rankPassages(rankOptions);
    const evidence = clock.measure('fuse', () => weighEvidence(scope, ranking, this.#evidenceCosine(request, meaning, ranking)));
    const questionTerms = ranking.keyword.terms.map(({ query: { terms }, idf }) => ({ terms, idf }));
    const withPhrases = query.phrases.length === 0 ? undefined : this.#phraseCandidates(rankOptions, ranking, query);
    const depth = this.#rerankDepth(request);
    const found = await clock.measureAsync('read', () => this.#read(Math.max(request.k, depth), scope, ranking, { query, withPhrases, signal }));
    const reranked = depth === 0 ? undefined : await clock.measureAsync('rerank', async () => this.#reranker?.reorder(question, found.passages, depth, signal));
    const { vector, embedder, fallback } = meaning;
    const result: SearchResult = {
      passages: (reranked ?? found.passages).slice(0, request.k),
      evidence: found.lacksPhrase ? { ...evidence, value: 0, covered: 0 } : evidence,
      questionTerms,
      coverage: {
        documents: scope.documents,
        passages: scope.allowedRows,
        passagesByMeaning: vector === undefined ? 0 : scope.passagesByMeaning,
        sourcesPending: 0,
      },
      timings: clock.timings(),
      ...(vector !== undefined && { meaningModel: toUsedModel(embedder) }),
      ...(fallback !== undefined && { neuralFallback: fallback }),
      ...(reranked !== undefined && this.#reranker !== undefined && { rerankModel: { model: this.#reranker.reranker.model } }),
      cached: false,
    };
    // What only trouble kept from being better is made anew when it is asked for again.
    const isWhole = vector !== undefined && (fallback === undefined || fallback === 'incomplete') && (depth === 0 || reranked !== undefined);
    if (isWhole) this.#results.set(key, result);
    return result;
  }

  /** The cosine of the best candidate on the bundled model's scale, or by that model where the neural one's has none. */
  #evidenceCosine({ corpora, filters }: SearchRequest, { embedder, base }: Meaning, { candidates: [best] }: Ranking): number | undefined {
    const { meaningScale } = embedder.profile;
    if (best === undefined || base === undefined) return best?.cosine;
    if (meaningScale !== undefined) return best.cosine === undefined ? undefined : scaleMeaning(best.cosine, meaningScale);
    return cosineOf(this.#library.scopeOf(corpora, filters), base.bank, base.vector, best.row);
  }

  #rankOptions(request: SearchRequest, scope: SearchScope, query: AnalyzedQuery, { embedder, bank, vector }: Meaning, clock: StageClock): RankOptions {
    return {
      scope, query, bank, vector, clock,
      keywordSearch: this.#keywordSearch,
      fusion: embedder.profile,
      knowsLanguage: (language) => language === 'und' || (embedder.languages?.includes(language) ?? true),
      depth: Math.max(candidateDepth, request.k),
    };
  }

  #rerankDepth({ rerank = true }: SearchRequest): number {
    return rerank ? (this.#reranker?.depth ?? 0) : 0;
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
    k: number, scope: SearchScope, ranking: Ranking,
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

  #keyOf({ corpora, k, filters, rerank = true }: SearchRequest, question: string, { profile, fallback }: Pick<Meaning, 'profile' | 'fallback'>): string {
    const { heads, repairs } = this.#library.snapshot;
    const seqs = [...new Set(corpora)].sort().map((corpus: CorpusId) => [corpus, heads.get(corpus)?.seq ?? 0]);
    const reranker = rerank && this.#reranker !== undefined ? this.#reranker.reranker.model : '';
    return JSON.stringify([question, seqs, repairs, k, filters ?? {}, profile, fallback ?? '', reranker]);
  }
}

function toUsedModel({ profile, device }: Embedder): UsedModel {
  return { model: profile.model, dtype: profile.dtype, ...(device !== undefined && { device }) };
}
