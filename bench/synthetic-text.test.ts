import { expect, it } from 'vitest';
import { createSyntheticText, wordsOfVocabulary } from './synthetic-text.ts';

const words = Array.from({ length: 500 }, (_, rank) => `w${rank.toString(26).replace(/\d/g, 'z')}`);

it('gives the same text for the same seed', () => {
  expect(createSyntheticText(words, 3).paragraph(500)).toBe(createSyntheticText(words, 3).paragraph(500));
  expect(createSyntheticText(words, 3).paragraph(500)).not.toBe(createSyntheticText(words, 4).paragraph(500));
});

it('a paragraph is as long as asked, and the first word is the most frequent', () => {
  const text = createSyntheticText(words, 1).paragraph(20_000);
  expect(text.length).toBeGreaterThanOrEqual(20_000);
  expect(text.length).toBeLessThan(20_400);
  const count = (word: string): number => text.toLowerCase().match(new RegExp(`\\b${word}\\b`, 'g'))?.length ?? 0;
  expect(count(words[0]!)).toBeGreaterThan(2 * count(words[10]!));
});

it('reads whole words of a vocabulary in their order', () => {
  expect(wordsOfVocabulary(new TextEncoder().encode('!\nthe\n##ing\nof\nx\nrent\n'))).toEqual(['the', 'of', 'rent']);
});
