import { describe, expect, it } from 'vitest';
import type { Embedder } from '../embed/embedder.ts';
import { analyze } from '../language/analyze-text.ts';
import type { AskedTerm } from './asked-terms.ts';
import { createTermMatcher } from './match-terms.ts';

/** Two dimensions: words of giving notice lie along the first, all others along the second. */
const near = new Set(['terminated', 'ended', 'okafor', 'adeyemi']);
const embedder = {
  profile: { dims: 2 },
  embedWords: (words: readonly string[]) => Float32Array.from(words.flatMap((word) => (near.has(word) ? [1, 0] : [0, 1]))),
} as unknown as Embedder;

const term = (word: string, rest: Partial<AskedTerm> = {}): AskedTerm => ({
  forms: [...analyze(word, 'en').keys()], word, idf: 1, weight: 1, isName: false, isVague: false, isMeasure: false, isDate: false, ...rest,
});
const matchOf = (terms: AskedTerm[], text: string, byMeaning = true, by: Embedder = embedder) =>
  [...createTermMatcher(terms, [text], by, byMeaning)(text, new Set(analyze(text, 'en').keys()))];

describe('createTermMatcher', () => {
  it('matches the same term wholly and a close word in part', () => {
    expect(matchOf([term('terminated')], 'It is terminated.')).toEqual([[0, 1]]);
    const [[place, closeness] = []] = matchOf([term('terminated')], 'It has ended.');
    expect(place).toBe(0);
    expect(closeness).toBeGreaterThan(0.5);
    expect(closeness).toBeLessThan(1);
  });

  it('takes a name only for itself', () => {
    expect(matchOf([term('Okafor', { isName: true })], 'Mr Adeyemi came.')).toEqual([]);
  });

  it('goes by the terms alone where the language or the single words are not known', () => {
    const { embedWords: _, ...wordless } = embedder;
    expect(matchOf([term('terminated')], 'It has ended.', false)).toEqual([]);
    expect(matchOf([term('terminated')], 'It has ended.', true, wordless)).toEqual([]);
  });
});
