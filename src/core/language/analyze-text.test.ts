import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyze } from './analyze-text.ts';

const terms = (text: string, language: string): string[] => [...analyze(text, language).keys()];

it('English words lose stop words and take their Porter2 stems', () => {
  expect(analyze('The tenants were paying; the tenant PAID rents and rent.', 'en')).toEqual(
    new Map([['tenant', 2], ['pay', 1], ['paid', 1], ['rent', 2]]),
  );
});

it('German umlauts and plurals meet', () => {
  expect(terms('Häuser', 'de')).toEqual(terms('Haus', 'de'));
  expect(terms('Straßen', 'de-AT')).toEqual(terms('strasse', 'de'));
});

it('accents guide a stemmer that knows them, and are not in the term', () => {
  expect(terms('educación', 'es')).toEqual(terms('educaciones', 'es'));
  expect(terms('новый договор', 'ru')).toEqual(terms('нового договора', 'ru'));
});

it('a code is found whole however its parts are joined, and by its parts', () => {
  expect(terms('X-17B', 'en')).toEqual(['x', '17b', 'x17b']);
  expect(terms('X17B', 'en')).toEqual(['x17b']);
  expect(terms('2.5', 'en')).toContain('2.5');
  expect(terms('2,5', 'de')).toContain('2.5');
  expect(terms('on 2021-05-03', 'en')).toContain('2021-05-03');
});

it('Chinese, Japanese, Korean and Thai give pairs of characters', () => {
  expect(terms('租金多少', 'zh')).toEqual(['租金', '金多', '多少', '租', '金', '多', '少']);
  expect(terms('カタカナ', 'ja')).toEqual(['カタ', 'タカ', 'カナ']);
  expect(terms('계약서', 'ko')).toEqual(['계약', '약서']);
  expect(terms('ค่าเช่า', 'th').length).toBeGreaterThan(1);
});

it('a word inside a Thai or Chinese sentence is found by its own terms', () => {
  for (const [language, word, sentence] of [
    ['th', 'ค่าเช่า', 'ผู้เช่าต้องชำระค่าเช่าทุกเดือน'],
    ['zh', '押金', '承租人须支付押金两个月'],
    ['ja', '敷金', '借主は敷金を支払う'],
  ] as const) {
    const all = analyze(sentence, language);
    for (const term of terms(word, language)) expect(all.has(term), `${term} in ${sentence}`).toBe(true);
  }
});

it('composed and decomposed, full-width and plain spellings are one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('en', 'es', 'ja', 'und'), (text, language) => {
      expect(analyze(text.normalize('NFD'), language)).toEqual(analyze(text.normalize('NFC'), language));
    }),
  );
  expect(terms('ＡＢＣ１２', 'ja')).toEqual(terms('abc12', 'ja'));
});

it('gives only bounded, non-empty terms, and every frequency is a positive count', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('en', 'de', 'fr', 'ru', 'th', 'xx'), (text, language) => {
      for (const [term, frequency] of analyze(text, language)) {
        expect(term.length).toBeGreaterThan(0);
        expect(term.length).toBeLessThanOrEqual(70);
        expect(Number.isInteger(frequency) && frequency > 0).toBe(true);
      }
    }),
  );
  expect(terms('a'.repeat(100_000), 'en')[0]).toHaveLength(64);
  expect(terms(`a${'𝒳𐐨'.repeat(100)}`, 'en')[0]).toSatisfy((term: string) => !/\p{Surrogate}/u.test(term));
});
