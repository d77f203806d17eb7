import { describe, expect, it } from 'vitest';
import type { Citation } from '#core/answer/answer-types.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { marksOf } from './source-mark.ts';

const here = 'here' as DocumentId;

function citation(number: number, start: number, end: number, document = here): Citation {
  return { number, document, corpus: 'c' as CorpusId, title: 'T', start, end, quote: '', verification: 'verified' };
}

describe('marksOf', () => {
  it('marks the citations of this source alone, in the order of the text, and knows the one in view', () => {
    const { marks, here: inView } = marksOf(here, 100, [citation(1, 50, 60), citation(2, 10, 20), citation(3, 1, 2, 'other' as DocumentId)], 2);
    expect(marks.map((mark) => mark.citation)).toEqual([2, 1]);
    expect(inView).toEqual({ citation: 2, start: 10, end: 20 });
  });

  it('shows the span of the address as citation 1 where it stands alone', () => {
    expect(marksOf(here, 100, [], undefined, { start: 5, end: 9 })).toEqual({
      marks: [{ citation: 1, start: 5, end: 9 }],
      here: { citation: 1, start: 5, end: 9 },
    });
  });

  it('takes a citation with the same span for the span of the address, and gives any other span no number of a citation', () => {
    expect(marksOf(here, 100, [citation(4, 5, 9)], undefined, { start: 5, end: 9 })).toEqual({
      marks: [{ citation: 4, start: 5, end: 9 }],
      here: { citation: 4, start: 5, end: 9 },
    });
    expect(marksOf(here, 100, [citation(4, 5, 9)], undefined, { start: 20, end: 30 }).here).toEqual({ citation: 0, start: 20, end: 30 });
  });

  it('clamps a span to the text and leaves out what is empty or no number', () => {
    expect(marksOf(here, 10, [citation(1, -5, 4), citation(2, 8, 90), citation(3, 6, 6), citation(4, Number.NaN, 7), citation(5, 50, 60)]).marks).toEqual([
      { citation: 1, start: 0, end: 4 },
      { citation: 2, start: 8, end: 10 },
    ]);
  });
});
