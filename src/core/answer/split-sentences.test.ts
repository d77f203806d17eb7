import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from './split-sentences.ts';

const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end).trim());

describe('splitSentences', () => {
  it.each([
    ['Dr. Smith vs. Jones et al. took 2.5 mg. It helped.', ['Dr. Smith vs. Jones et al. took 2.5 mg.', 'It helped.']],
    ['See Fig. 3 and No. 5. J. Smith and John F. Kennedy agree.', ['See Fig. 3 and No. 5.', 'J. Smith and John F. Kennedy agree.']],
    ['The U.S. Army left. He came from the U.S. He stayed.', ['The U.S. Army left.', 'He came from the U.S.', 'He stayed.']],
    ['Present: S. Mbeki, J. Ferreira and L. Hartmann. It rained.', ['Present: S. Mbeki, J. Ferreira and L. Hartmann.', 'It rained.']],
    ['name: Refrigerated centrifuge of the laboratory on the first floor\nperson: I. Weber\n', ['name: Refrigerated centrifuge of the laboratory on the first floor', 'person: I. Weber']],
    ['It gives 10 each year.[129] In February it stopped.[75][a] Microsoft is one.', ['It gives 10 each year.[129]', 'In February it stopped.[75][a]', 'Microsoft is one.']],
    ['It ended. [ 1 129] In May it began “again.”[3] Then [sic] nothing.', ['It ended. [ 1 129]', 'In May it began “again.”[3]', 'Then [sic] nothing.']],
    ['The `?` operator returns early. A course which L. Hartmann attends.', ['The `?` operator returns early.', 'A course which L. Hartmann attends.']],
    ['They met at school.[14]: 108, 112–114 Gates and Allen left.', ['They met at school.[14]: 108, 112–114', 'Gates and Allen left.']],
    ['It takes vitamin C. The dose is small.', ['It takes vitamin C.', 'The dose is small.']],
    ['Is there an answer? No. We looked.', ['Is there an answer?', 'No.', 'We looked.']],
    ['1. First item\n2. Second item\n- third', ['1. First item', '2. Second item', '- third']],
    ['Die Frist endet am 3. Mai 2024. Danach gilt z. B. § 5 Abs. 2 BGB.', ['Die Frist endet am 3. Mai 2024.', 'Danach gilt z. B. § 5 Abs. 2 BGB.']],
    ['中文句子。第二句！日本語です。', ['中文句子。', '第二句！', '日本語です。']],
    ['A wing in a propeller slipstream, which was long,\nwas studied in 1958. It worked.', ['A wing in a propeller slipstream, which was long,\nwas studied in 1958.', 'It worked.']],
    ['Date: 3 May\nPlace: Bonn\n\nThe meeting began.', ['Date: 3 May', 'Place: Bonn', 'The meeting began.']],
    ['year | income tax of the whole group of companies\n2017 | 600\n2018 | 700', ['year | income tax of the whole group of companies', '2017 | 600', '2018 | 700']],
  ])('splits %j', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it('covers any text with contiguous, non-empty ranges that split no surrogate pair', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('Dr. ', '1. ', '\n', '\r\n', ' ', '. ', 'a', '👍', '。', 'J. '));
    const text = fc.tuple(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 40 })).map(([pieces, times]) => pieces.join('').repeat(times));
    fc.assert(
      fc.property(text, (value) => {
        let at = 0;
        for (const { start, end } of splitSentences(value)) {
          expect(start).toBe(at);
          expect(end).toBeGreaterThan(start);
          expect(value.slice(end - 1, end + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
          at = end;
        }
        expect(at).toBe(value.length);
      }),
    );
  });

  it('finds the same sentences wherever its windows end', () => {
    const text = 'The pump of Dr. Weber moves 2.5 l of coolant. '.repeat(1000);
    expect(new Set(sentences(text))).toEqual(new Set(['The pump of Dr. Weber moves 2.5 l of coolant.']));
  });
});
