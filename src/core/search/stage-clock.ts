import type { StageName, StageTiming } from './search-types.ts';

/** Adds up the time each stage of a search takes, in the order the stages first began. */
export class StageClock {
  readonly #ms = new Map<StageName, number>();

  measure<Result>(stage: StageName, run: () => Result): Result {
    const startedMs = performance.now();
    try {
      return run();
    } finally {
      this.#add(stage, startedMs);
    }
  }

  async measureAsync<Result>(stage: StageName, run: () => Promise<Result>): Promise<Result> {
    const startedMs = performance.now();
    try {
      return await run();
    } finally {
      this.#add(stage, startedMs);
    }
  }

  timings(): StageTiming[] {
    return Array.from(this.#ms, ([stage, ms]) => ({ stage, ms }));
  }

  #add(stage: StageName, startedMs: number): void {
    this.#ms.set(stage, (this.#ms.get(stage) ?? 0) + performance.now() - startedMs);
  }
}
