import { normalizeText } from './fold-word.ts';
import { termOf } from './term-of.ts';
import { tokenize } from './tokenize.ts';

/** Names the rules from text to terms. It stands in every segment's manifest: terms of different rules do not meet. */
export const analyzerId = 'alcove-terms-1';

/**
 * The index terms of a text and how often each occurs. `language` is a BCP 47 tag, or `und`. Never throws; linear in the
 * length of the text. Rules: reference figures of the bundled model's fusion (words of NFKD, stop words, Porter2 or
 * Snowball), with pairs of characters for scripts without spaces and codes kept whole besides their pieces.
 */
export function analyze(text: string, language: string): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const token of tokenize(normalizeText(text))) {
    const term = token.gram ? token.text : termOf(token.text, language);
    if (term !== '') frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  return frequencies;
}
