import type { Embedder } from '../embed/embedder.ts';
import type { ProfileId } from '../ids.ts';
import { profileId } from '../segment/profile.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import type { CorpusLibrary } from './corpus-library.ts';
import { QuestionEmbedder } from './question-embedder.ts';
import type { NeuralFallback, SearchRequest } from './search-types.ts';
import { SecondBank } from './second-bank.ts';
import { TtlCache } from './ttl-cache.ts';
import type { VectorBank } from './vector-bank.ts';

export type MeaningOptions = {
  library: CorpusLibrary;
  store: CorpusStore;
  embedder: Embedder;
  profile: ProfileId;
  createVectorIndex: (dims: number) => VectorIndex;
  now?: () => number;
  cacheTtlMs?: number;
  /** How long a question waits for its vector by the neural embedder. */
  neuralLimitMs?: number;
};

/** What a search compares meaning by. Without a vector it compares none. `base`: what it would be without a neural model. */
export type Meaning = {
  embedder: Embedder;
  bank: VectorBank;
  vector: Float32Array | undefined;
  profile: ProfileId;
  fallback?: NeuralFallback;
  base?: { bank: VectorBank; vector: Float32Array | undefined };
};

type Neural = { questions: QuestionEmbedder; profile: ProfileId; second: SecondBank };

export const defaultTtlMs = 10 * 60_000;
const cachedVectors = 500;
const defaultNeuralLimitMs = 400;

/**
 * Chooses for each question which embedder compares meaning: the neural one where it is set, every passage of the scope has
 * its vector loaded and the question's vector comes in time; else the one that is always there.
 */
export class MeaningChoice {
  readonly #options: MeaningOptions;
  readonly #vectors: TtlCache<Float32Array>;
  readonly #questions: QuestionEmbedder;
  #neural: Neural | undefined;
  #wishes = 0;

  constructor(options: MeaningOptions) {
    const { embedder, profile, now = () => performance.now(), cacheTtlMs: ttlMs = defaultTtlMs } = options;
    this.#options = options;
    this.#vectors = new TtlCache({ maxEntries: cachedVectors, ttlMs, now });
    this.#questions = new QuestionEmbedder(embedder, profile, this.#vectors);
  }

  /** The last call counts. */
  async setNeural(embedder: Embedder | undefined): Promise<void> {
    const wish = ++this.#wishes;
    if (embedder === undefined) this.#neural = undefined;
    const profile = embedder && (await profileId(embedder.profile));
    if (embedder === undefined || profile === undefined || wish !== this.#wishes) return;
    const { store, createVectorIndex } = this.#options;
    const createIndex = (): VectorIndex => createVectorIndex(embedder.profile.dims);
    const second = this.#neural?.profile === profile ? this.#neural.second : new SecondBank({ store, profile, createIndex });
    this.#neural = { questions: new QuestionEmbedder(embedder, profile, this.#vectors), profile, second };
    this.followLibrary();
  }

  /** Begins to load what the library's present state has of the neural vectors. */
  followLibrary(): void {
    void this.#neural?.second.follow(this.#options.library.snapshot);
  }

  async loaded(): Promise<void> {
    await this.#neural?.second.settled();
  }

  /** Bytes that the neural vectors take. */
  memory(): { scanBytes: number; residualBytes: number } {
    return this.#neural?.second.bank.index.memory() ?? { scanBytes: 0, residualBytes: 0 };
  }

  /** What a search would compare by as things stand, were every embedder in time. */
  expected(request: SearchRequest): Pick<Meaning, 'profile' | 'fallback'> {
    const { profile } = this.#options;
    if (this.#neural === undefined) return { profile };
    return this.#isComplete(this.#neural, request) ? { profile: this.#neural.profile } : { profile, fallback: 'incomplete' };
  }

  /**
   * The question's vectors; then, to be called when they are there, what to compare by in the state of that moment. Errors:
   * `aborted`.
   */
  async embed(request: SearchRequest, question: string, signal: AbortSignal | undefined): Promise<() => Meaning> {
    const neural = this.#neural;
    const limitMs = this.#options.neuralLimitMs ?? defaultNeuralLimitMs;
    const [first, second] = await Promise.all([
      this.#questions.embed(question, undefined, signal),
      neural !== undefined && this.#isComplete(neural, request) ? neural.questions.embed(question, limitMs, signal) : undefined,
    ]);
    return () => {
      const { embedder, library, profile } = this.#options;
      const plain: Meaning = { embedder, bank: library.snapshot.bank, vector: first.vector, profile };
      // Another model, or none, was chosen while this one was at work.
      if (neural === undefined || this.#neural?.profile !== neural.profile) return plain;
      if (second === undefined || !this.#isComplete(neural, request)) return { ...plain, fallback: 'incomplete' };
      if (second.vector === undefined) return { ...plain, fallback: second.reason };
      return { embedder: neural.questions.embedder, bank: neural.second.bank, vector: second.vector, profile: neural.profile, base: plain };
    };
  }

  /** Whether every passage that may be found has its neural vector loaded. */
  #isComplete({ second }: Neural, { corpora, filters }: SearchRequest): boolean {
    const { allowedRows, passagesByMeaning } = this.#options.library.scopeOf(corpora, filters, second.bank);
    return allowedRows > 0 && passagesByMeaning === allowedRows;
  }
}
