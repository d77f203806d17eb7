import type { AppError } from '#core/errors/app-error.ts';
import type { TextEnd } from '#core/generate/text-model.ts';

export type InboxItem = { kind: 'piece'; text: string } | { kind: 'end'; end: TextEnd };

/** Pieces of a text that have come and were not taken yet; one reader. What was filled in after an end or failure is dropped. */
export class TextInbox {
  readonly #items: InboxItem[] = [];
  #failure: AppError | undefined;
  #isClosed = false;
  #wake: (() => void) | undefined;

  put(item: InboxItem): void {
    if (this.#isClosed) return;
    this.#items.push(item);
    this.#isClosed = item.kind === 'end';
    this.#wake?.();
  }

  fail(error: AppError): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#failure = error;
    this.#wake?.();
  }

  /** Drops what was not taken yet, but for the end. */
  skipPieces(): void {
    this.#items.splice(0, this.#items.length, ...this.#items.filter(({ kind }) => kind === 'end'));
  }

  /** The next piece or the end, when it comes. Rejects with the failure once all before it was taken. */
  async take(): Promise<InboxItem> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
  }
}
