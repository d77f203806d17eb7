import type { Clock } from '../clock.ts';

/** A clock that stands until a test moves it to the next thing that is due. */
export class VirtualClock implements Clock {
  #now = 0;
  #due: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return 1_700_000_000_000 + this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const entry = { at: this.#now + delayMs, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  /** Resolves after so much virtual time. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(delayMs, resolve));
  }

  /** Moves to what is due next and runs it; false if nothing is. */
  runNext(): boolean {
    const next = this.#due.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined) return false;
    this.#due = this.#due.filter((other) => other !== next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }

  /** Lets everything happen that takes no time, and then time pass, until the promise settles. Rejects if it never will. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    const state = { isSettled: false };
    const mark = (): void => void (state.isSettled = true);
    promise.then(mark, mark);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (state.isSettled) return promise;
      if (!this.runNext()) throw new Error('stuck: nothing is due and the promise is pending');
    }
  }

  /** Lets this much virtual time pass, with all that happens in it. */
  async pass(delayMs: number): Promise<void> {
    await this.settle(this.sleep(delayMs));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
