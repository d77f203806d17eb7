import { describe, expect, it } from 'vitest';
import { createExtractiveGenerator, quotesOf } from './create-extractive-generator.ts';
import { calmPassages, describeGenerator, readWritten } from './generator.contract.ts';
import type { Citation } from '../answer/answer-types.ts';
import { splitSentences } from '../answer/split-sentences.ts';
import type { DocumentId } from '../ids.ts';
import type { RankedPassage } from '../search/search-types.ts';

/** The first sentence of each passage. */
const firstSentences = createExtractiveGenerator(async ({ passages }) => passages.map(({ number, text }) => ({ number, text: text.slice(0, splitSentences(text)[0]?.end).trim() })));

describeGenerator('extractive', async () => {
  const strip = createExtractiveGenerator(async ({ passages }) => passages.map(({ number, text }) => ({ number, text: text.replace(/<\/?[^>]*>|\[[^\]]*\]\([^)]*\)/gu, '') })));
  return { generator: strip };
});

describe('createExtractiveGenerator', () => {
  const request = { question: 'q', language: 'en', passages: calmPassages, earlier: [], maxTokens: 100 };

  it('quotes each with the mark of its passage, and none twice', async () => {
    const { text, end } = await readWritten(firstSentences.write(request, new AbortController().signal));
    expect(text).toBe('The notice period of the lease is three months. [1]\nThe notice period of the garage is one month. [2]');
    expect(end).toMatchObject({ reason: 'end', passagesUsed: [1, 2] });
  });

  it('takes a document’s own numbers in brackets for no marks, and quotes of other passages for none', async () => {
    const generator = createExtractiveGenerator(async () => [{ text: 'It was so.[2]', number: 1 }, { text: 'Not given.', number: 8 }]);
    expect((await readWritten(generator.write(request, new AbortController().signal))).text).toBe('It was so. [1]');
  });

  it('finds the passage of each sentence of an extracted answer', () => {
    const passage = (start: number, text: string) => ({ passage: { document: 'd' as DocumentId, start, text } }) as RankedPassage;
    const citation = (number: number, start: number, end: number) => ({ number, document: 'd' as DocumentId, start, end }) as Citation;
    const sentence = (text: string, number: number) => ({ text, verification: 'verified' as const, citations: [number] });
    const quotes = quotesOf(
      { sentences: [sentence('late', 1), sentence('early', 2), sentence('gone', 3)], citations: [citation(1, 120, 124), citation(2, 3, 8), citation(3, 900, 904)] },
      [passage(0, 'x'.repeat(100)), passage(100, 'y'.repeat(100))],
    );
    expect(quotes).toEqual([{ text: 'late', number: 2 }, { text: 'early', number: 1 }]);
  });
});
