/** Runs a task at most once in `everyMs` and always once more after the last trigger. Never two runs at a time. */
export class Throttle {
  readonly #everyMs: number;
  readonly #run: () => Promise<void>;
  readonly #onError: (thrown: unknown) => void;
  #isWaiting = false;
  #isDue = false;

  constructor(everyMs: number, run: () => Promise<void>, onError: (thrown: unknown) => void) {
    this.#everyMs = everyMs;
    this.#run = run;
    this.#onError = onError;
  }

  trigger(): void {
    this.#isDue = true;
    if (!this.#isWaiting) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#isWaiting = true;
    while (this.#isDue) {
      this.#isDue = false;
      await this.#run().catch(this.#onError);
      await new Promise((resolve) => setTimeout(resolve, this.#everyMs));
    }
    this.#isWaiting = false;
  }
}
