import type { TextEnd } from '#core/generate/text-model.ts';

/** Counts tokens as they come, and says at the end how fast they came. */
export class TextTimer {
  readonly #now: () => number;
  readonly #startedMs: number;
  #firstMs: number | undefined;
  #lastMs = 0;
  #tokens = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedMs = now();
  }

  get tokens(): number {
    return this.#tokens;
  }

  count(tokens = 1): void {
    this.#lastMs = this.#now();
    this.#firstMs ??= this.#lastMs;
    this.#tokens += tokens;
  }

  /** `tokensPerSecond` is of those after the first, which the prompt's reading delays; 0 where there was one at most. */
  figures(): Pick<TextEnd, 'tokens' | 'firstTokenMs' | 'tokensPerSecond'> {
    const firstMs = this.#firstMs ?? this.#now();
    const decodeMs = this.#lastMs - firstMs;
    const tokensPerSecond = this.#tokens > 1 ? (1000 * (this.#tokens - 1)) / Math.max(decodeMs, 0.01) : 0;
    return { tokens: this.#tokens, firstTokenMs: firstMs - this.#startedMs, tokensPerSecond };
  }
}
