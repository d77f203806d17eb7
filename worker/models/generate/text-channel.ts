/**
 * Text from a producer that must not run far ahead to a consumer that pulls. Pieces waiting are given as one. A full channel
 * holds the producer back in `room`; once closed nothing more goes in.
 */
export class TextChannel {
  readonly #capacity: number;
  #pieces: string[] = [];
  #isClosed = false;
  #failure: { thrown: unknown } | undefined;
  #onPiece: (() => void) | undefined;
  #onRoom: (() => void) | undefined;

  /** `capacity`: pieces that may wait. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(text: string): void {
    if (text === '' || this.#isClosed) return;
    this.#pieces.push(text);
    this.#onPiece?.();
  }

  /** Resolves when a further piece has its place, at once when closed. */
  async room(): Promise<void> {
    while (this.#pieces.length >= this.#capacity && !this.#isClosed) await new Promise<void>((resolve) => (this.#onRoom = resolve));
  }

  /** The producer ended, or the consumer wants no more. With `thrown`, `take` rejects with it once all text is taken. */
  close(failure?: { thrown: unknown }): void {
    this.#failure ??= this.#isClosed ? undefined : failure;
    this.#isClosed = true;
    this.#onPiece?.();
    this.#onRoom?.();
  }

  /** All text that waits, or the next; `undefined` at the end. One call at a time. */
  async take(): Promise<string | undefined> {
    while (this.#pieces.length === 0 && !this.#isClosed) await new Promise<void>((resolve) => (this.#onPiece = resolve));
    const text = this.#pieces.join('');
    this.#pieces = [];
    this.#onRoom?.();
    if (text === '' && this.#failure !== undefined) throw this.#failure.thrown;
    return text === '' ? undefined : text;
  }
}
