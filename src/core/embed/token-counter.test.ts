import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tokenCounterOf } from './token-counter.ts';

const folder = new URL('../../../fixtures/models/alcove-test/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
const { texts } = JSON.parse(read('tiny-bert/golden.json')) as { texts: { text: string; ids: number[] }[] };

describe('token counter', () => {
  it.each(texts)('counts the golden tokens of $text', ({ text, ids }) => {
    expect(tokenCounterOf(read('tiny-bert/tokenizer.json'))!(text)).toBe(ids.length - 2);
  });

  it.each([
    ['of another kind', read('tiny-random-llama/tokenizer.json')],
    ['without a vocabulary', '{"model":{"type":"WordPiece","unk_token":"[UNK]"},"normalizer":{"type":"BertNormalizer","lowercase":true}}'],
    ['that keeps capitals', '{"model":{"type":"WordPiece","unk_token":"a","vocab":{"a":0}},"normalizer":{"type":"BertNormalizer","lowercase":false}}'],
    ['that is not JSON', '<html>'],
    ['that is null', 'null'],
  ])('is none for a tokenizer %s', (_title, json) => {
    expect(tokenCounterOf(json)).toBeUndefined();
  });
});
