import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WrittenTextSplitter } from './written-text-splitter.ts';

function split(deltas: readonly string[]): string[] {
  const splitter = new WrittenTextSplitter();
  return [...deltas.flatMap((delta) => splitter.push(delta)), ...splitter.end()];
}

describe('WrittenTextSplitter', () => {
  it.each([
    ['It was sealed in 1215 [1]. King John agreed [2].', ['It was sealed in 1215 [1]. ', 'King John agreed [2].']],
    ['It was sealed in 1215. [1] King John agreed. [2][3]', ['It was sealed in 1215. [1] ', 'King John agreed. [2][3]']],
    ['Dr. Brandvold gave 2.5 mg, i.e. half. Then she left.', ['Dr. Brandvold gave 2.5 mg, i.e. half. ', 'Then she left.']],
    ['Music stops at 23:00.\n\nThe hall is left by midnight.', ['Music stops at 23:00.\n\n', 'The hall is left by midnight.']],
    ['Two rules:\n- Music stops at 23:00.\n- Windows stay shut.', ['Two rules:\n- Music stops at 23:00.\n', '- Windows stay shut.']],
    ['市场于 1835 年开放。[1] 它是第一个。', ['市场于 1835 年开放。[1] ', '它是第一个。']],
    ['', []],
  ])('cuts %j into sentences', (text, sentences) => {
    expect(split([text])).toEqual(sentences);
  });

  it('gives the whole text back, and the same sentences however the text comes in pieces', () => {
    const pieces = fc.array(fc.oneof({ arbitrary: fc.constantFrom('The rent is due. ', 'It was 3.5', ' [1]', '. ', '[', '2', ']', '\n', '\n- ', 'Mr. ', 'U.S. ', '; ', '。', '🙂', 'Is it? ', 'e.g. ', ':\n'), weight: 4 }, { arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }), weight: 1 }), { maxLength: 60 });
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(400), { maxLength: 12 }), (parts, cuts) => {
        const text = parts.join('');
        const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length])].sort((a, b) => a - b);
        const whole = split([text]);
        expect(whole.join('')).toBe(text);
        expect(split(places.slice(1).map((place, i) => text.slice(places[i], place)))).toEqual(whole);
        expect(split(Array.from({ length: text.length }, (_, i) => text[i] ?? ''))).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it('cuts a text that never ends a sentence, between characters', () => {
    const sentences = split(['🙂'.repeat(10_000)]);
    expect(sentences.join('')).toBe('🙂'.repeat(10_000));
    expect(Math.max(...sentences.map(({ length }) => length))).toBeLessThanOrEqual(2000);
    expect(sentences.every((sentence) => sentence.isWellFormed())).toBe(true);
  });
});
