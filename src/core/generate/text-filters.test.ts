import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constrainCitations } from './constrain-citations.ts';
import { createStopCutter } from './cut-at-stop.ts';
import type { TextFilter } from './piece-filter.ts';
import { createRepeatGuard } from './repeat-guard.ts';
import { stripMarkup } from './strip-markup.ts';

function run(filter: TextFilter, deltas: readonly string[]): string {
  return deltas.map((delta) => filter.push(delta)).join('') + filter.end();
}

/** The text in pieces, cut at places in a thousand of its length. */
function split(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.map((cut) => Math.floor((cut * text.length) / 1000)).toSorted((a, b) => a - b), text.length];
  return places.slice(1).map((place, i) => text.slice(places[i], place));
}

const cuts = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 25 });
const pieces = ['[1]', '[2]', '[7]', '[', ']', '(', ')', '1', '7', ',', ' ', '  ', '\n', '\n\n', '【1†a】', '[^2]', '[1, 7]', '[1-3]', '[passage 1]', '**', '*', '`', '```js\n', '# ', '##', '<b>', '</b>', '<', '>', '<think>', '</think>', '<|im_end|>', 'http://a.b/c', 'https://good.example/x', 'www.', 'h', 'w', '!', '[x](http://a.b)', '![i](z)', 'in 1215', '.', '~~', '~', 'word', '<!-- c -->', '😀', 'é'];
const modelText = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((list) => list.join(''));

describe('constrainCitations', () => {
  const given = new Set([1, 2, 3]);
  const constrain = (text: string, numbers: ReadonlySet<number> = given) => run(constrainCitations(numbers), [text]);

  it('keeps marks of passages given, one number each, and drops others with the space before them', () => {
    expect(constrain('It was sealed in 1215 [1]. Then [7] it was lost [2, 9][3] .')).toBe('It was sealed in 1215 [1]. Then it was lost [2][3] .');
    expect(constrain('So it is [7].')).toBe('So it is.');
    expect(constrain('Cited [passage 2], [^1], 【3†source】, [1-3] and [Source: 9].')).toBe('Cited [2], [1], [3], [1][2][3] and.');
  });

  it('keeps other words in brackets', () => {
    expect(constrain('He wrote [sic] and arr[i] and [see page 4].')).toBe('He wrote [sic] and arr[i] and [see page 4].');
  });

  it('cannot be talked into a mark by what is left out', () => {
    for (const text of ['[[9]7]', '[7[9]]', '[ [9]8 ]', '[[9]]', '【[9]7】', '[1[9]7]']) {
      for (const [, number] of constrain(text).matchAll(/\[\s*(\d+)\s*\]/gu)) expect([1, 2, 3]).toContain(Number(number));
    }
  });

  it('lets through no other mark, and the same text however it is split', () => {
    fc.assert(
      fc.property(modelText, cuts, (text, places) => {
        const whole = constrain(text);
        for (const [, number] of whole.matchAll(/\[\s*(\d+)\s*\]/gu)) expect([1, 2, 3]).toContain(Number(number));
        expect(run(constrainCitations(given), split(text, places))).toBe(whole);
      }),
      { numRuns: 400 },
    );
  });
});

describe('stripMarkup', () => {
  const strip = (text: string, texts: readonly string[] = ['See https://good.example/x for more.']) => run(stripMarkup(texts), [text]);

  it('makes words of links and leaves out addresses that no passage holds', () => {
    expect(strip('Read [the terms](https://evil.example/?q=secret) or https://evil.example/x. Also https://good.example/x.')).toBe('Read the terms or. Also https://good.example/x.');
    expect(strip('![pixel](https://evil.example/p.png) done [1](https://evil.example)')).toBe('pixel done [1]');
    expect(strip('<a href="https://evil.example">here</a> and <https://evil.example>, www.evil.example!')).toBe('here and,!');
  });

  it('leaves out emphasis, headings, fences, tags and thoughts, and keeps what only looks alike', () => {
    expect(strip('<think>\nHm, [3] or so.\n</think>\n\n## Result\n**Bold** and *soft* `code`: 2*3 = 6, x < 5, ~20 #4\n* item')).toBe('Result\nBold and soft code: 2*3 = 6, x < 5, ~20 #4\n* item');
    expect(strip('```python\nprint(1)\n```')).toBe('print(1)');
  });

  it('shows nothing of a thought that is never ended', () => {
    expect(run(stripMarkup([]), ['<thi', 'nk>let me ', 'see'.repeat(400)])).toBe('');
  });

  it('gives the same text however it is split, with no tag and no address that was not given', () => {
    fc.assert(
      fc.property(modelText, cuts, (text, places) => {
        const whole = strip(text);
        expect(whole).not.toMatch(/<\/?[a-z|]|https?:\/\/(?!good\.example\/x)[a-z]/iu);
        expect(run(stripMarkup(['https://good.example/x']), split(text, places))).toBe(whole);
      }),
      { numRuns: 400 },
    );
  });

  it('takes time in proportion to what it reads, whatever is opened and never closed', () => {
    for (const opener of ['[', '<a ', '[x](', '`', '*', ' ', 'h', '<think>', '<!--']) {
      const filters = [stripMarkup([]), constrainCitations(given())];
      let length = 0;
      for (let i = 0; i < 3_000; i += 1) for (const filter of filters) length += filter.push(opener).length;
      expect(length).toBeGreaterThanOrEqual(0);
    }
    function given(): ReadonlySet<number> {
      return new Set([1]);
    }
  });
});

describe('createRepeatGuard', () => {
  const guard = (...deltas: string[]) => {
    const one = createRepeatGuard();
    return { text: run(one, deltas), isLooping: one.isLooping };
  };

  it('ends a text that says a sentence again, marks and case aside, and shows none of the repetition', () => {
    expect(guard('The tower is very high [1]. It is old. the tower ', 'is very high. The tower is very high.')).toEqual({ text: 'The tower is very high [1]. It is old.', isLooping: true });
    expect(guard('The tower is very high.', ' The tower is very high')).toMatchObject({ text: 'The tower is very high.' });
  });

  it('lets sentences go on that only begin alike, and short ones come back', () => {
    const text = 'The tower is very high. The tower is very old. Dr. Hall says so. Dr. Hall knows. Yes. Yes. No.';
    expect(guard(...Array.from(text))).toEqual({ text, isLooping: false });
  });

  it('notices a loop within a sentence', () => {
    expect(guard(...Array.from({ length: 40 }, () => ' and the state'))).toMatchObject({ isLooping: true });
  });

  it('shows whatever is no repetition, however it is split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9999 }), { maxLength: 12 }), cuts, (numbers, places) => {
        const text = [...new Set(numbers)].map((number) => `Room number ${number} is on the second floor.`).join(' ');
        const one = createRepeatGuard();
        expect(split(text, places).map((delta) => one.push(delta)).join('') + one.end()).toBe(text);
      }),
    );
  });
});

describe('createStopCutter', () => {
  it('ends at the first stop string, wherever it is split', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', '\n', 'ab', 'ba'), { maxLength: 20 }).map((list) => list.join('')), fc.uniqueArray(fc.constantFrom('ab', 'bab', '\n\n', 'aaa', ''), { maxLength: 3 }), cuts, (text, stops, places) => {
        const cutter = createStopCutter(stops);
        const ends = stops.filter((stop) => stop !== '').map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
        expect(run(cutter, split(text, places))).toBe(ends.length === 0 ? text : text.slice(0, Math.min(...ends)));
        expect(cutter.isStopped).toBe(ends.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
