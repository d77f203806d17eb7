import { indexText } from '../language/index-text.ts';
import type { Reranker } from '../rerank/reranker.ts';
import { BoundedCall } from './bounded-call.ts';
import type { RankedPassage } from './search-types.ts';

/** Fewer passages are not worth a model, and more seldom hold what the first did not. */
const depth = { fewest: 20, most: 30 };
/** A reranker that turns out slower than it was measured is waited for so much longer than the limit, and no longer. */
const grace = 1.5;

/** How many of the first passages a reranker can score within a limit, as it was measured; 0 where too few. */
export function rerankDepth(reranker: Pick<Reranker, 'pairsPerSecond'>, limitMs: number): number {
  const pairs = Math.floor((reranker.pairsPerSecond * limitMs) / 1000);
  return pairs < depth.fewest ? 0 : Math.min(depth.most, pairs);
}

/** Puts the first passages of a ranking in the order of a reranker, one question at a time. */
export class PassageReranker {
  readonly reranker: Reranker;
  readonly #limitMs: number;
  readonly #call = new BoundedCall<Float32Array>();

  constructor(reranker: Reranker, limitMs: number) {
    this.reranker = reranker;
    this.#limitMs = limitMs;
  }

  /** How many passages it takes: none where it is too slow on this device. */
  get depth(): number {
    return rerankDepth(this.reranker, this.#limitMs);
  }

  /**
   * The first `count` passages by falling logit, equal ones in the order they had, and the rest behind them. `undefined`
   * where the reranker failed, was too slow, is still at an earlier question or gave no proper scores: the order before stands. Errors: `aborted`.
   */
  async reorder(question: string, passages: readonly RankedPassage[], count: number, signal?: AbortSignal): Promise<RankedPassage[] | undefined> {
    const first = passages.slice(0, count);
    const outcome = await this.#call.run(() => this.reranker.score(question, first.map(({ passage }) => indexText(passage)), signal), this.#limitMs * grace);
    signal?.throwIfAborted();
    if (outcome.kind !== 'done' || outcome.value.length !== first.length || outcome.value.some((score) => !Number.isFinite(score))) return undefined;
    const scored = first.map((passage, at) => ({ ...passage, rerank: outcome.value[at]! }));
    return [...scored.sort((a, b) => b.rerank - a.rerank), ...passages.slice(count)];
  }
}
