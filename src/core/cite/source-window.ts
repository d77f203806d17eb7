import type { PreparedPassage } from './prepare-passage.ts';
import type { ClaimToken } from './read-tokens.ts';

/** One or two adjacent sentences of a passage; `first` and `last` are their places in it, `main` the one that was sought. */
export type SourceWindow = {
  source: PreparedPassage;
  first: number;
  last: number;
  main: number;
  tokens: readonly ClaimToken[];
  /** Place of each token's sentence. */
  sentenceOf: readonly number[];
};

/** The window of the sentences from `first` to `last` that holds `main`. */
export function createWindow(source: PreparedPassage, first: number, last: number, main: number): SourceWindow {
  const tokens: ClaimToken[] = [];
  const sentenceOf: number[] = [];
  for (let place = first; place <= last; place += 1) {
    for (const token of source.sentences[place]?.tokens ?? []) {
      tokens.push(token);
      sentenceOf.push(place);
    }
  }
  return { source, first, last, main, tokens, sentenceOf };
}
