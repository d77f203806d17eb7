/** A bell that a loop waits for. A ring while nobody waits is remembered once, so none is lost. */
export class WakeSignal {
  #isRung = false;
  #resolve: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#resolve?.();
  }

  /** Resolves with the next ring, or after `limitMs` where that is given. */
  async wait(limitMs?: number): Promise<void> {
    if (!this.#isRung) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        if (limitMs !== undefined) timer = setTimeout(resolve, limitMs);
      });
      clearTimeout(timer);
    }
    this.#isRung = false;
    this.#resolve = undefined;
  }
}
