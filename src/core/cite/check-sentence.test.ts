import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../answer/split-sentences.ts';
import { checkSentence, readMarks, type CitablePassage } from './check-sentence.ts';

const hall =
  'A booking of Westerdale Hall stands when the hirer has signed the form and paid a deposit of 150. The rest of the charge is due two weeks before the day. ' +
  'No more than 180 people may be in Westerdale Hall at one time; 120 when tables are set out. Music stops at 23:00 and the hall is left by midnight. ' +
  'The committee of Westerdale Hall is not answerable for coats and bags left in the cloakroom. The caretaker, Mr Quayle, opens the doors one hour before the start.';
const charter =
  'King John sealed the charter at Runnymede on 15 June 1215. Archbishop Stephen Langton had written most of it. Pope Innocent III annulled the charter in August 1215, ' +
  'which started a war between the king and his barons. In 1225 Henry III issued it again in return for a tax that brought in £40,000.';
const plant =
  'The plant produced 1,250 tonnes of steel in 2019, an increase of 12% over the year before. It employs twenty-four people and never works at night. Unlike the older furnace, ' +
  'the new one is cooled with water, and its surface stays below 60 °C. Denmark defeated Sweden 3–1 in the final.';
const passages: CitablePassage[] = [
  { number: 1, text: hall },
  { number: 2, text: charter },
  { number: 3, text: plant },
];
const verdict = (sentence: string) => checkSentence(sentence, passages).verification;

describe('checkSentence', () => {
  it.each([
    'Music stops at 23:00 and the hall is left by midnight.',
    'music stops at 23:00   and the **hall** is left by midnight',
    'According to the document, the rest of the charge is due two weeks before the day [1].',
    'King John sealed the charter at Runnymede on 15 June 1215.',
    'King John sealed the charter at Runnymede on June 15, 1215.',
    'On 2 weeks before the day the rest of the charge is due.',
    'The plant produced 1250 tonnes of steel in 2019.',
    'The plant employs 24 people.',
    'Stephen Langton had written most of the charter.',
    'Sweden was defeated 3–1 by Denmark in the final.',
  ])('verifies %j', (sentence) => {
    expect(checkSentence(sentence, passages)).toMatchObject({ verification: 'verified' });
  });

  it.each([
    ['A booking stands when the hirer has paid a deposit of 250.', 'number'],
    ['No more than 120 people may be in Westerdale Hall at one time; 180 when tables are set out.', 'number'],
    ['The plant produced 1,250 kg of steel in 2019.', 'number'],
    ['The surface of the new furnace stays below −60 °C.', 'number'],
    ['King John sealed the charter at Runnymede on 15 July 1215.', 'date'],
    ['In 1235 Henry III issued the charter again in return for a tax.', 'date'],
    ['King John sealed the charter at Canterbury on 15 June 1215.', 'name'],
    ['Archbishop Thomas Becket had written most of it.', 'name'],
    ['Music does not stop at 23:00.', 'negation'],
    ['The committee of Westerdale Hall is answerable for coats and bags left in the cloakroom.', 'negation'],
    ['The plant always works at night.', 'negation'],
    ['The production of 2019 was a decrease of 12% over the year before.', 'negation'],
    ['Sweden defeated Denmark 3–1 in the final.', 'other-words'],
    ['The roof was painted green by volunteers from the village.', 'nothing-near'],
  ])('does not support %j: %s', (sentence, doubt) => {
    expect(checkSentence(sentence, passages)).toMatchObject({ verification: 'unsupported', doubt });
  });

  it.each([
    'The caretaker opens the doors one hour before the start, and he waters the flowers in the yard on every Monday.',
    'Music stops at 23:00, because neighbours complained about the noise of earlier parties.',
  ])('supports %j in part', (sentence) => {
    expect(verdict(sentence)).toBe('partly');
  });

  it('puts a wrong mark right, keeps a right one and finds what a sentence without one stands on', () => {
    const sentence = 'King John sealed the charter at Runnymede on 15 June 1215';
    const supports = [{ number: 2, start: 0, end: 58 }];
    expect(checkSentence(`${sentence} [1].`, passages)).toEqual({ verification: 'verified', supports, repairedFrom: [1] });
    expect(checkSentence(`${sentence}. [2]`, passages)).toEqual({ verification: 'verified', supports });
    expect(checkSentence(`${sentence}.`, passages)).toEqual({ verification: 'verified', supports });
    expect(checkSentence(sentence, passages, { cited: [9] })).toMatchObject({ repairedFrom: [9] });
  });

  it('prefers the passage that was cited where several say it', () => {
    const twice = [...passages, { number: 4, text: hall }];
    expect(checkSentence('Music stops at 23:00 [4].', twice).supports[0]?.number).toBe(4);
    expect(checkSentence('Music stops at 23:00 [1].', twice).supports[0]?.number).toBe(1);
  });

  it('joins what stands in two passages', () => {
    const checked = checkSentence('King John sealed the charter at Runnymede, and the plant produced 1,250 tonnes of steel in 2019.', passages);
    expect(checked.verification).toBe('verified');
    expect(checked.supports.map(({ number }) => number).sort((a, b) => a - b)).toEqual([2, 3]);
  });

  it('does not take words out of what denies or limits them', () => {
    const own = [{ number: 1, text: 'There is no evidence that the bridge is safe. Smoking is allowed unless a fire alarm is fitted in the room.' }];
    expect(checkSentence('The bridge is safe.', own).verification).not.toBe('verified');
    expect(checkSentence('Smoking is allowed.', own).verification).toBe('partly');
  });

  it('does not hold words of the question against a sentence', () => {
    const sentence = 'The moorland venue is left by midnight.';
    const own = [{ number: 1, text: hall }];
    expect(checkSentence(sentence, own).verification).not.toBe('verified');
    expect(checkSentence(sentence, own, { question: 'When must guests leave the moorland venue?' }).verification).toBe('verified');
  });

  it.each([
    ['de', 'Die Börse wurde 1817 gegründet. Im Jahr 2009 waren dort 3.740 Unternehmen notiert.', 'Im Jahr 2009 waren an der Börse 3740 Unternehmen notiert.', 'Im Jahr 2009 waren an der Börse 3.470 Unternehmen notiert.', 'Die Börse wurde nicht 1817 gegründet.'],
    ['es', 'El mercado se abrió en 1835 y fue el primer mercado interior de la ciudad. Asistieron 2.000 invitados a la cena.', 'A la cena asistieron 2000 invitados.', 'A la cena asistieron 3000 invitados.', 'El mercado no se abrió en 1835.'],
    ['zh', '格兰杰市场在1835年开放，是纽卡斯尔的第一个室内市场。2000名嘉宾出席了晚宴。', '格兰杰市场于1835年开放。', '格兰杰市场于1853年开放。', '格兰杰市场不是纽卡斯尔的第一个室内市场。'],
  ])('knows numbers and denials in %s', (_, text, right, wrong, denied) => {
    const own = [{ number: 1, text }];
    expect(checkSentence(right, own)).toMatchObject({ verification: 'verified' });
    expect(checkSentence(wrong, own)).toMatchObject({ verification: 'unsupported' });
    expect(checkSentence(denied, own)).toMatchObject({ verification: 'unsupported', doubt: 'negation' });
  });

  it('checks against passages of several languages, each by its own rules', () => {
    const own = [{ number: 1, text: 'Die Musik endet um elf Uhr, und der Saal wird bis Mitternacht verlassen.' }, { number: 2, text: hall }];
    expect(checkSentence('Music stops at 23:00.', own).supports).toMatchObject([{ number: 2 }]);
    expect(checkSentence('Der Saal wird bis Mitternacht verlassen.', own).supports).toMatchObject([{ number: 1 }]);
  });

  it('finds nothing where there is nothing', () => {
    expect(checkSentence('', passages)).toEqual({ verification: 'unsupported', doubt: 'nothing-near', supports: [] });
    expect(checkSentence('[1] ...', passages)).toEqual({ verification: 'unsupported', doubt: 'nothing-near', supports: [] });
    expect(checkSentence('Music stops at 23:00.', [])).toEqual({ verification: 'unsupported', doubt: 'nothing-near', supports: [] });
  });

  const word = fc.constantFrom('pump', 'valve', 'pressure', 'Oslo', 'Marta', 'opened', 'was', 'the', 'of', 'not', 'in', 'never', 'and', 'before', '17', '2,400', '1996', '3.5', '12 March 2024', '60 °C', 'B-52', 'increase', 'Bergen', 'x7', '(see', 'note)', 'because', 'than', 'more');
  const sentenceText = fc.array(word, { minLength: 4, maxLength: 18 }).map((words) => `The ${words.join(' ')}.`);
  const passageText = fc.array(sentenceText, { minLength: 1, maxLength: 6 }).map((sentences) => sentences.join(' '));

  it('verifies every sentence of a passage word for word', () => {
    fc.assert(
      fc.property(fc.array(passageText, { minLength: 1, maxLength: 3 }), fc.nat(), (texts, pick) => {
        const own = texts.map((text, i) => ({ number: i + 1, text }));
        const all = own.flatMap(({ text }) => splitSentences(text).map(({ start, end }) => text.slice(start, end)));
        const sentence = all[pick % all.length] as string;
        expect(checkSentence(sentence, own)).toMatchObject({ verification: 'verified' });
      }),
      { numRuns: 300 },
    );
  });

  it('never verifies a sentence in which a digit was changed', () => {
    fc.assert(
      fc.property(passageText, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (text, pick, place, by) => {
        const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end));
        const sentence = sentences[pick % sentences.length] as string;
        const digits = [...sentence.matchAll(/\d/gu)].map(({ index }) => index);
        fc.pre(digits.length > 0);
        const at = digits[place % digits.length] as number;
        const altered = `${sentence.slice(0, at)}${(Number(sentence[at]) + by) % 10}${sentence.slice(at + 1)}`;
        // What it says now must stand nowhere.
        const value = /[\d.,]*$/u.exec(altered.slice(0, at))?.[0] + (/^[\d.,]*/u.exec(altered.slice(at))?.[0] ?? '');
        fc.pre(!text.includes(value.replace(/[.,]+$/u, '')));
        expect(checkSentence(altered, [{ number: 1, text }]).verification).not.toBe('verified');
      }),
      { numRuns: 300 },
    );
  });

  it('gives spans that lie in their passages, whatever the texts are', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }), passageText);
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 4 }), (sentence, texts) => {
        const own = texts.map((text, i) => ({ number: i + 1, text }));
        for (const { number, start, end } of checkSentence(sentence, own).supports) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(own[number - 1]?.text.length ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a sentence without spaces', 'x'.repeat(100_000), hall],
    ['a passage without spaces', 'The rent is due.', 'x'.repeat(100_000)],
    ['a sentence of numbers', '1 '.repeat(50_000), '1 '.repeat(50_000)],
    ['brackets and marks', '[1'.repeat(50_000), '*_`[('.repeat(20_000)],
    ['one word again and again', 'buffalo '.repeat(12_000), 'buffalo '.repeat(12_000)],
    ['denials', 'not '.repeat(25_000), 'never not '.repeat(10_000)],
    ['names', 'Anna Berg '.repeat(10_000), 'Berg Anna '.repeat(10_000)],
    ['characters of a script without spaces', '市'.repeat(100_000), '场市'.repeat(50_000)],
  ])('ends in bounded time with %s', (_, sentence, text) => {
    expect(['verified', 'partly', 'unsupported']).toContain(checkSentence(sentence, [{ number: 1, text }, { number: 2, text: hall }]).verification);
  }, 10_000);
});

describe('readMarks', () => {
  it.each([
    ['as said [1]', [1]],
    ['[1, 3] and [2][4]', [1, 3, 2, 4]],
    ['[2-4]', [2, 3, 4]],
    ['【5】', [5]],
    ['[note] [1999] none', []],
  ])('reads %j', (text, numbers) => {
    expect(readMarks(text)).toEqual(numbers);
  });
});
