/** A bell that a loop waits for. A ring while nobody waits is remembered once, so none is lost. */
export class WakeSignal {
  #isRung = false;
  #resolve: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#resolve?.();
  }

  async wait(): Promise<void> {
    if (!this.#isRung) await new Promise<void>((resolve) => (this.#resolve = resolve));
    this.#isRung = false;
    this.#resolve = undefined;
  }
}
