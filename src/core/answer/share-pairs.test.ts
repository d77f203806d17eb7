import { describe, expect, it } from 'vitest';
import { sharePairs, termSequence } from './share-pairs.ts';

const share = (question: string, sentence: string) => sharePairs(termSequence(question, 'en'), termSequence(sentence, 'en'));

describe('sharePairs', () => {
  it('is the share of neighbouring words that are neighbours in the sentence', () => {
    expect(share('When was Microsoft founded?', 'Microsoft was founded in 1975.')).toBe(1);
    expect(share('When was Microsoft founded?', 'In 1972 they founded a firm; it became Microsoft.')).toBe(0);
    expect(share('What is the belt speed in summer?', 'The belt speed is 1.9 m/s.')).toBe(0.5);
  });

  it('counts a turned pair a little less', () => {
    expect(share('Who founded Microsoft?', 'Microsoft was founded by two friends.')).toBe(0.8);
  });

  it('is nothing for a single word', () => {
    expect(share('Warranty?', 'The warranty is void.')).toBe(0);
  });
});
