import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWordpieceTokenizer } from './wordpiece-tokenizer.ts';

const folder = new URL('../../../public/models/alcove/static-en-v1/', import.meta.url);
const vocabulary = readFileSync(new URL('vocab.txt', folder), 'utf8').replace(/\n$/, '').split('\n');
const golden = JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8')) as { cases: { text: string; ids: number[] }[] };

/** The rules word for word over the whole text, slow and plain: what the fast one must agree with. */
function encodePlainly(text: string): number[] {
  const idOf = new Map(vocabulary.map((token, id) => [token, id]));
  const spaced = text
    .replace(/[\t\n\r]/g, ' ')
    .replace(/[\0\uFFFD\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replace(/[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/gu, ' $& ');
  const lower = Array.from(spaced.normalize('NFD').replace(/\p{Mn}/gu, ''), (character) => character.toLowerCase()).join('');
  const words = lower.replace(/[!-/:-@[-`{-~\p{P}]/gu, ' $& ').split(/\s+/).filter(Boolean);
  return words.flatMap((word) => {
    if (Array.from(word).length > 100) return [idOf.get('[UNK]')!];
    const ids: number[] = [];
    let rest = word;
    while (rest !== '') {
      let length = rest.length;
      const token = (): string => (ids.length > 0 ? '##' : '') + rest.slice(0, length);
      while (length > 0 && !idOf.has(token())) length--;
      if (length === 0) return [idOf.get('[UNK]')!];
      ids.push(idOf.get(token())!);
      rest = rest.slice(length);
    }
    return ids;
  });
}

const tokenizer = createWordpieceTokenizer(vocabulary);

describe('wordpiece tokenizer', () => {
  test.each(golden.cases)('gives the golden ids of $text', ({ text, ids }) => {
    expect(tokenizer.encode(text)).toEqual(ids);
  });

  test('agrees with the plain rules on any text, at first sight and from its cache', () => {
    const fragment = fc.oneof(
      fc.constantFrom(' ', '\t', '\n', '\u00a0', '\u3000', '\u2028', ',', '—', '«', "'", '\u200b', '\u00ad', '\u0001', '\f', '\u007f'),
      fc.constantFrom('Straße', 'ΟΔΟΣ', 'İstanbul', 'naïve', 'e\u0301', '≠', '漢字', 'ひらがな', '한국어', 'ไทย', '𝔘', '\ud800', '🙂'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
      fc.constantFrom('running', 'X-17B', "don't", '2.5', 'embedding', 'Q'.repeat(101), 'a'.repeat(300)),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
        const text = fragments.join('');
        const expected = encodePlainly(text);
        expect(tokenizer.encode(text)).toEqual(expected);
        expect(tokenizer.encode(text)).toEqual(expected);
        expect(tokenizer.count(text)).toBe(expected.length);
      }),
      { numRuns: 500 },
    );
  });

  test('stops at the limit of tokens', () => {
    expect(tokenizer.encode('one two three four', 3)).toEqual(tokenizer.encode('one two three'));
    expect(tokenizer.encode('one', 0)).toEqual([]);
  });

  test('a word of ten million letters is one unknown token', () => {
    expect(tokenizer.count('x'.repeat(10_000_000))).toBe(1);
  });

  test('more different words than the cache holds are still counted', () => {
    let text = '';
    for (let i = 0; i < 70_000; i++) text += `w${i} `;
    expect(tokenizer.count(text)).toBe(encodePlainly(text).length);
  });

  test('a vocabulary without the unknown token is refused', () => {
    expect(() => createWordpieceTokenizer(['a', 'b'])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
