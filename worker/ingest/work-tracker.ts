import type { Work } from '#core/engine/engine-api.ts';

export type WorkCounts = { unread: number; unreadBytes: number; unembedded: number };

/** Seconds of observed work before a time left is named. */
const minObservedMs = 3000;

/** Puts the work under way in figures: a run lasts from the first source added until nothing is left to do. */
export class WorkTracker {
  #total = 0;
  #readBytes = 0;
  #readingMs = 0;

  /** Sources were added to the run. */
  added(sources: number): void {
    this.#total += sources;
  }

  /** A source of this size was read, or given up, after so long. */
  settled(bytes: number, ms: number): void {
    this.#readBytes += bytes;
    this.#readingMs += ms;
  }

  measure(paused: boolean, { unread, unreadBytes, unembedded }: WorkCounts): Work {
    const pending = unread + unembedded;
    this.#total = Math.max(this.#total, pending);
    const work: Work = { paused, done: this.#total - pending, total: this.#total };
    if (pending === 0) {
      this.#total = 0;
      this.#readBytes = 0;
      this.#readingMs = 0;
    } else if (!paused && unreadBytes > 0 && this.#readBytes > 0 && this.#readingMs >= minObservedMs) {
      work.secondsLeft = Math.ceil(((this.#readingMs / this.#readBytes) * unreadBytes) / 1000);
    }
    return work;
  }
}
