/** Turns tokens into text one by one. */
export type IncrementalDetokenizer = {
  /** The text that the token completes; nothing while a character is still unfinished. */
  push(id: number): string;
  /** What was held back. */
  end(): string;
};

/** A character is at most four bytes, and a token at least one: more unfinished tokens are no character at all. */
const mostUnfinished = 6;
const unfinished = /\uFFFD$/u;

/**
 * Decodes only the tokens since the last text that stood, with those of that text before them: what a token means may depend on its
 * neighbours (leading spaces, characters of several tokens), and decoding all of a text at every token takes quadratic time.
 * `context`: the last tokens of the prompt. The method is vLLM's (`detokenize_incrementally`).
 */
export function createIncrementalDetokenizer(decode: (ids: number[]) => string, context: readonly number[]): IncrementalDetokenizer {
  let before = [...context];
  let textBefore = before.length === 0 ? '' : decode(before);
  let fresh: number[] = [];
  const take = (text: string): string => {
    const delta = text.slice(textBefore.length);
    before = fresh;
    textBefore = decode(before);
    fresh = [];
    return delta;
  };
  return {
    push(id) {
      fresh.push(id);
      const text = decode([...before, ...fresh]);
      return unfinished.test(text) && fresh.length < mostUnfinished ? '' : take(text);
    },
    end: () => (fresh.length === 0 ? '' : take(decode([...before, ...fresh]))),
  };
}
