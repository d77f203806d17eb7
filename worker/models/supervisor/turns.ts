/** One at a time, in the order they came. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves, when it is one's turn, to what ends it; to `undefined` when the signal was aborted before. */
  async take(signal: AbortSignal | undefined): Promise<(() => void) | undefined> {
    const before = this.#last;
    let release = (): void => undefined;
    const mine = new Promise<void>((resolve) => (release = resolve));
    this.#last = before.then(() => mine);
    const isMine = await new Promise<boolean>((resolve) => {
      const onAbort = (): void => resolve(false);
      if (signal?.aborted === true) return onAbort();
      signal?.addEventListener('abort', onAbort, { once: true });
      void before.then(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve(true);
      });
    });
    if (isMine && signal?.aborted !== true) return release;
    release();
    return undefined;
  }
}
