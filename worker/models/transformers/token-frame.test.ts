import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Encode, frameOf, framePair, frameText, type TokenFrame } from './token-frame.ts';

const bert: TokenFrame = { start: [101], between: [102], end: [102] };
const tokens = fc.array(fc.integer({ min: 1000, max: 2000 }), { maxLength: 40 });

/** A tokenizer that makes every character its code and puts the given frame around. */
function encodeWith({ start, between, end }: TokenFrame): Encode {
  const codes = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!);
  return (text, { pair, isBare = false }) => {
    if (isBare) return codes(text);
    return pair === undefined ? [...start, ...codes(text), ...end] : [...start, ...codes(text), ...between, ...codes(pair), ...end];
  };
}

describe('the frame of a tokenizer', () => {
  it.each([
    ['BERT', bert],
    ['RoBERTa', { start: [0], between: [2, 2], end: [2] }],
    ['one that only closes', { start: [], between: [1], end: [1] }],
    ['one without special tokens', { start: [], between: [], end: [] }],
  ])('is found from a probe: %s', (_title, frame) => {
    expect(frameOf(encodeWith(frame))).toEqual(frame);
  });

  it('is refused where the probe is not found again', () => {
    expect(() => frameOf((_text, { isBare = false }) => (isBare ? [5] : [7]))).toThrow(expect.objectContaining({ code: 'model/unsupported' }));
  });

  it('holds every text, cut from its end only, within the limit', () => {
    fc.assert(
      fc.property(tokens, fc.integer({ min: 2, max: 50 }), (text, maxTokens) => {
        const { ids, typeIds } = frameText(text, bert, maxTokens);
        const kept = Math.min(text.length, maxTokens - 2);
        expect(ids).toEqual([101, ...text.slice(0, kept), 102]);
        expect(typeIds).toEqual(ids.map(() => 0));
      }),
    );
  });

  it('holds every pair within the limit, and cuts the longer text before the shorter', () => {
    fc.assert(
      fc.property(tokens, tokens, fc.integer({ min: 3, max: 60 }), (first, second, maxTokens) => {
        const { ids, typeIds } = framePair(first, second, bert, maxTokens);
        const split = typeIds.indexOf(1);
        const keptFirst = split - 2;
        const keptSecond = ids.length - split - 1;
        expect(ids).toEqual([101, ...first.slice(0, keptFirst), 102, ...second.slice(0, keptSecond), 102]);
        expect(typeIds).toEqual(ids.map((_, i) => (i < split ? 0 : 1)));
        expect(ids.length).toBe(Math.min(maxTokens, first.length + second.length + 3));
        if (keptFirst < first.length) expect(keptFirst).toBeGreaterThanOrEqual(keptSecond - 1);
        if (keptSecond < second.length) expect(keptSecond).toBeGreaterThanOrEqual(keptFirst - 1);
      }),
    );
  });
});
