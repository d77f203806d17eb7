import { AppError } from '#core/errors/app-error.ts';

type Waiter<T> = { resolve(value: T): void; reject(error: AppError): void };

/** Those who wait for one thing, each until its own signal is aborted. */
export class Waiters<T> {
  readonly #waiting = new Set<Waiter<T>>();

  /** Errors: `aborted`, and what `rejectAll` is given. */
  wait(signal: AbortSignal | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => waiter.reject(new AppError('aborted', 'called off while it waited'));
      const settle = (run: () => void): void => {
        this.#waiting.delete(waiter);
        signal?.removeEventListener('abort', onAbort);
        run();
      };
      const waiter: Waiter<T> = { resolve: (value) => settle(() => resolve(value)), reject: (error) => settle(() => reject(error)) };
      if (signal?.aborted === true) return onAbort();
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  resolveAll(value: T): void {
    for (const { resolve } of this.#waiting) resolve(value);
  }

  rejectAll(error: AppError): void {
    for (const { reject } of this.#waiting) reject(error);
  }
}
