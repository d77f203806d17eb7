import type { Embedder } from '../embed/embedder.ts';
import { toAppError } from '../errors/app-error.ts';
import type { ProfileId } from '../ids.ts';
import { BoundedCall } from './bounded-call.ts';
import type { TtlCache } from './ttl-cache.ts';

export type QuestionVector = { vector: Float32Array } | { vector: undefined; reason: 'too-slow' | 'failed' };

/** Vectors of questions by one embedder, those asked before from a cache shared with others. */
export class QuestionEmbedder {
  readonly embedder: Embedder;
  readonly #profile: ProfileId;
  readonly #cache: TtlCache<Float32Array>;
  readonly #call = new BoundedCall<Float32Array>();

  constructor(embedder: Embedder, profile: ProfileId, cache: TtlCache<Float32Array>) {
    this.embedder = embedder;
    this.#profile = profile;
    this.#cache = cache;
  }

  /** Without a limit it waits as long as it takes. A vector that comes too late is there when the question is asked again. Errors: `aborted`. */
  async embed(question: string, limitMs: number | undefined, signal?: AbortSignal): Promise<QuestionVector> {
    const key = `${this.#profile}\n${question}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return { vector: known };
    const keep = (vector: Float32Array): void => this.#cache.set(key, vector);
    const outcome = await this.#run(question, limitMs, keep, signal);
    signal?.throwIfAborted();
    if (outcome.vector !== undefined) keep(outcome.vector);
    return outcome;
  }

  async #run(question: string, limitMs: number | undefined, onLate: (vector: Float32Array) => void, signal: AbortSignal | undefined): Promise<QuestionVector> {
    const call = (): Promise<Float32Array> => this.embedder.embedQuery(question, signal);
    if (limitMs === undefined) return this.#unbounded(call);
    const outcome = await this.#call.run(call, limitMs, onLate);
    if (outcome.kind === 'done') return { vector: outcome.value };
    return { vector: undefined, reason: outcome.kind === 'failed' ? 'failed' : 'too-slow' };
  }

  async #unbounded(call: () => Promise<Float32Array>): Promise<QuestionVector> {
    try {
      return { vector: await call() };
    } catch (error) {
      if (toAppError(error).code === 'aborted') throw error;
      return { vector: undefined, reason: 'failed' };
    }
  }
}
