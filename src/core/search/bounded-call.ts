import { toAppError, type AppError } from '../errors/app-error.ts';

/** `busy`: not called, because an earlier call has not come back yet. */
export type BoundedOutcome<Result> =
  | { kind: 'done'; value: Result }
  | { kind: 'too-slow' | 'busy' }
  | { kind: 'failed'; error: AppError };

/**
 * Calls something that may be slow or hang without ever waiting longer than a limit. A call that came too late is not
 * ended, and until it comes back no other is made, so that the wait is paid once and not at every turn.
 */
export class BoundedCall<Result> {
  #isOut = false;

  /** `onLate` gets a result that came after the limit. Never rejects. */
  async run(call: () => Promise<Result>, limitMs: number, onLate: (value: Result) => void = () => undefined): Promise<BoundedOutcome<Result>> {
    if (this.#isOut) return { kind: 'busy' };
    this.#isOut = true;
    let isLate = false;
    let timer: unknown;
    const limit = new Promise<BoundedOutcome<Result>>((resolve) => {
      timer = setTimeout(() => {
        isLate = true;
        resolve({ kind: 'too-slow' });
      }, limitMs);
    });
    const outcome = this.#settle(call).then((settled) => {
      this.#isOut = false;
      if (isLate && settled.kind === 'done') onLate(settled.value);
      return settled;
    });
    const first = await Promise.race([outcome, limit]);
    if (timer !== undefined) clearTimeout(timer as never);
    return first;
  }

  async #settle(call: () => Promise<Result>): Promise<BoundedOutcome<Result>> {
    try {
      return { kind: 'done', value: await call() };
    } catch (error) {
      return { kind: 'failed', error: toAppError(error) };
    }
  }
}
