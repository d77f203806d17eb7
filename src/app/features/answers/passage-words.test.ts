import { describe, expect, it } from 'vitest';
import type { Citation } from '#core/answer/answer-types.ts';
import type { PassageBlock } from '#core/document/passage.ts';
import type { SourceType } from '#core/document/parsed-document.ts';
import type { AnswerId, CorpusId, DocumentId, SegmentId, Sha256 } from '#core/ids.ts';
import type { RankedPassage } from '#core/search/search-types.ts';
import { beginTurn, type TurnView } from '../../model/turn-view.ts';
import { keySentence } from './key-sentence.ts';
import { fullPlaceWords, sectionWords } from './section-words.ts';
import { shownQuote } from './shown-quote.ts';

const document = 'd' as DocumentId;
const start = 100;

function passage(text: string, type: SourceType, blocks: PassageBlock[], headings: string[] = []): RankedPassage {
  return {
    corpus: 'c' as CorpusId, segment: 's' as SegmentId, row: 0, passage: { document, ordinal: 0, start, text, headings, blocks },
    document: { id: document, title: 'Lease', type, bytes: 1, sha256: '' as Sha256, language: 'en', addedAt: '' } as RankedPassage['document'],
    keyword: 0, meaning: 0, fused: 0,
  };
}

function turnOver(ranked: RankedPassage, change: Partial<TurnView> = {}): TurnView {
  const search = { passages: [ranked], evidence: { value: 0, covered: 0, seen: 0, unseen: 0, cosine: 0 }, coverage: { documents: 1, passages: 1, passagesByMeaning: 1, sourcesPending: 0 }, timings: [], cached: false };
  return { ...beginTurn('a' as AnswerId, 'Who repairs the cold room?', ''), search, ...change };
}

function cite(ranked: RankedPassage, quote: string, change: Partial<Citation> = {}): Citation {
  const at = start + ranked.passage.text.indexOf(quote);
  return { number: 1, corpus: 'c' as CorpusId, document, title: 'Lease', start: at, end: at + quote.length, quote, verification: 'verified', ...change };
}

const lease = passage('## 3. Repairs\n\n3.1 The roof is\n**ours**.\n\n3.2 The [landlord](/l) repairs the\ncold room.', 'markdown', [
  { at: 0, kind: 'heading', level: 2 }, { at: 15, kind: 'paragraph' }, { at: 42, kind: 'paragraph' },
], ['Lease']);

describe('a quote as it is shown', () => {
  it('has neither marks of Markdown nor the breaks of lines, also where it only comes close', () => {
    const turn = turnOver(lease);
    expect(shownQuote(turn, cite(lease, 'The [landlord](/l) repairs the\ncold room.'))).toBe('The landlord repairs the cold room.');
    expect(shownQuote(turn, cite(lease, '## 3. Repairs'))).toBe('3. Repairs');
  });

  it('says what the answer says, and does not take a close passage for a citation of the same number', () => {
    const cited = cite(lease, 'The roof is\n**ours**.');
    const turn = turnOver(lease, { citations: [cited], sentences: [{ text: 'The roof is OURS.', verification: 'verified', citations: [1] }] });
    expect(shownQuote(turn, cited)).toBe('The roof is OURS.');
    expect(shownQuote(turn, cite(lease, 'cold room.'))).toBe('cold room.');
  });
});

describe('the place of a citation in a document without pages', () => {
  it('is its heading, and its clause where the paragraph is numbered under it', () => {
    expect(sectionWords(turnOver(lease), cite(lease, 'The [landlord]'))).toBe('3. Repairs, clause 3.2');
    expect(fullPlaceWords(turnOver(lease), cite(lease, 'The roof'))).toBe('Lease · 3. Repairs, clause 3.1');
    const speed = passage('2.5 Tons hang here.', 'markdown', [{ at: 0, kind: 'paragraph' }], ['Cranes']);
    expect(sectionWords(turnOver(speed), cite(speed, '2.5 Tons'))).toBe('Cranes');
  });

  it.each([['row 12', 'row 12'], ['Rates!7', 'Rates, row 7'], ['cell 3', 'cell 3'], ['body/2/0!3/1', undefined]])('reads the anchor %s as %s', (path, words) => {
    const table = passage('Alloy: A', 'csv', [{ at: 0, kind: 'table-row', anchor: { path } }]);
    expect(sectionWords(turnOver(table), cite(table, 'Alloy: A'))).toBe(words);
  });

  it('is its page where it has one, and is not told twice where it is the title', () => {
    expect(fullPlaceWords(turnOver(lease), cite(lease, 'The roof', { page: 4 }))).toBe('Lease, page 4');
    const plain = passage('The roof is ours.', 'markdown', [{ at: 0, kind: 'paragraph' }], ['Lease']);
    expect(sectionWords(turnOver(plain), cite(plain, 'The roof'))).toBeUndefined();
  });
});

describe('the sentence that speaks for a passage', () => {
  it('is the one cited, else the one with most of the words asked for', () => {
    expect(keySentence(turnOver(lease), lease)).toBe('3.2 The landlord repairs the cold room.');
    expect(keySentence(turnOver(lease, { closest: [cite(lease, 'The roof is\n**ours**.')] }), lease)).toBe('The roof is ours.');
  });
});
