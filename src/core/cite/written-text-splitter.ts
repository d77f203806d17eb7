import { isLowSurrogate, splitSentences } from '../answer/split-sentences.ts';

/** Characters behind a sentence that must be there before it counts as ended: what follows decides, and marks belong to it. */
const lookAhead = 24;
/** The text is looked at when its length is a multiple of this, so that where it was cut into deltas makes no difference. */
const stride = 8;
/** A sentence without an end is cut here. */
const longest = 2000;
const onlyMarks = /^[\s[\](){}【】\d,;–*_.-]*$/u;
const introduces = /[:：]\s*$/u;

/**
 * Cuts a text that comes in pieces into sentences, list items and headings. Joined, what it gives is the text exactly; it
 * depends on the text alone, not on its pieces. Never cuts within `[n]`, abbreviations or decimals; marks behind a full stop
 * stay with their sentence, and an introduction (`There are two:`) with what it introduces.
 */
export class WrittenTextSplitter {
  #pending = '';
  /** Characters of `#pending` that have not been looked at yet count from here. */
  #looked = 0;

  /** What has been begun and is not a whole sentence yet. */
  get rest(): string {
    return this.#pending;
  }

  /** Takes a piece; gives the sentences that have ended with it. */
  push(delta: string): string[] {
    this.#pending += delta;
    const ended: string[] = [];
    while (this.#looked + stride <= this.#pending.length) {
      this.#looked += stride;
      const sentence = this.#firstEnded();
      if (sentence === undefined) continue;
      ended.push(sentence);
      this.#pending = this.#pending.slice(sentence.length);
      // Looks again at what is left, from its beginning.
      this.#looked = 0;
    }
    return ended;
  }

  /** The text has ended: gives what is left of it. */
  end(): string[] {
    const left = this.#pending;
    this.#pending = '';
    this.#looked = 0;
    return joinPieces(splitSentences(left).map(({ start, end }) => left.slice(start, end)));
  }

  #firstEnded(): string | undefined {
    const seen = this.#pending.slice(0, this.#looked);
    if (seen.length <= lookAhead) return undefined;
    const pieces = joinPieces(splitSentences(seen).map(({ start, end }) => seen.slice(start, end)));
    const [first = ''] = pieces;
    if (pieces.length > 1 && first.length + lookAhead <= seen.length && !isOpen(first)) return first;
    if (seen.length < longest) return undefined;
    const space = seen.lastIndexOf(' ');
    const at = space > longest / 2 ? space + 1 : seen.length;
    return seen.slice(0, isLowSurrogate(seen, at) || isLowSurrogate(this.#pending, at) ? at - 1 : at);
  }
}

/** A bracket that is open at the end may be a mark being written. */
function isOpen(piece: string): boolean {
  return /[[【]\s?\^?[\d\s,;–-]{0,20}$/u.test(piece);
}

/** Pieces that are no sentence of their own go with a neighbour: marks with the one before, introductions with the next. */
function joinPieces(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (before !== undefined && (onlyMarks.test(piece) || onlyMarks.test(before) || introduces.test(before))) joined[joined.length - 1] = before + piece;
    else joined.push(piece);
  }
  return joined;
}
