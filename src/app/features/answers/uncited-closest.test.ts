import { expect, it } from 'vitest';
import type { Citation } from '#core/answer/answer-types.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { uncitedClosest } from './uncited-closest.ts';

const citation = (document: string, start: number, end: number): Citation => ({ number: 1, corpus: 'c' as CorpusId, document: document as DocumentId, title: 'T', start, end, quote: '', verification: 'verified' });

it('leaves out of the closest passages what the answer quotes, in whole or in part', () => {
  const closest = [citation('a', 0, 90), citation('a', 90, 120), citation('b', 0, 90), citation('b', 100, 110), citation('c', 0, 5)];
  expect(uncitedClosest({ closest, citations: [citation('a', 40, 60), citation('b', 105, 130)] })).toEqual([closest[1], closest[2], closest[4]]);
  expect(uncitedClosest({ closest, citations: [] })).toEqual(closest.slice(0, 3));
});
