import { AppError } from '#core/errors/app-error.ts';

/**
 * Lets work in the background wait for what a person waits for. `enter` marks something urgent until the function it
 * gives is called; `whenFree` resolves when nothing urgent is under way.
 */
export class WorkGate {
  #urgent = 0;
  readonly #waiting = new Set<() => void>();

  enter(): () => void {
    this.#urgent += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#urgent -= 1;
      if (this.#urgent > 0) return;
      for (const go of this.#waiting) go();
      this.#waiting.clear();
    };
  }

  /** Errors: `aborted`. */
  async whenFree(signal?: AbortSignal): Promise<void> {
    while (this.#urgent > 0) {
      await new Promise<void>((resolve, reject) => {
        const onAbort = (): void => {
          this.#waiting.delete(go);
          reject(new AppError('aborted', 'the work was called off while it waited'));
        };
        const go = (): void => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        if (signal?.aborted === true) return onAbort();
        this.#waiting.add(go);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    }
  }
}
