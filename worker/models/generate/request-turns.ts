/** Lets requests run one at a time, in the order they came. */
export class RequestTurns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is this request's turn, to a function that ends the turn; to `undefined` when it was aborted before. */
  async enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    const before = this.#last;
    let end: () => void = () => undefined;
    this.#last = new Promise((resolve) => (end = resolve));
    const isAborted = await Promise.race([before.then(() => signal.aborted), aborted(signal)]);
    if (!isAborted) return end;
    void before.then(end);
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<true> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(true);
    else signal.addEventListener('abort', () => resolve(true), { once: true });
  });
}
