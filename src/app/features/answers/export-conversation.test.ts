import { describe, expect, it } from 'vitest';
import type { Citation } from '#core/answer/answer-types.ts';
import type { AnswerId, CorpusId, DocumentId } from '#core/ids.ts';
import { beginTurn, type TurnView, type WrittenView } from '../../model/turn-view.ts';
import { citationName, doubtWords, isQuoted, notFoundWords, quotesWords, sentencesWords } from './answer-words.ts';
import { answerAsText, asHtml, asJson, asMarkdown } from './export-conversation.ts';

const quote = 'Keep <b>between</b> 2 and 8 *always*';
const citation: Citation = { number: 1, corpus: 'c' as CorpusId, document: 'd' as DocumentId, title: 'Guide', page: 14, start: 0, end: quote.length, quote, verification: 'verified' };
const turn: TurnView = {
  ...beginTurn('a' as AnswerId, 'What <i>range</i>?', '2026-05-03T00:00:00Z'),
  state: 'done', verdict: 'answered', citations: [citation],
  sentences: [{ text: quote, verification: 'verified', citations: [1] }],
};

const written: WrittenView = {
  generator: 'smol@1', title: 'Smol', state: 'done',
  sentences: [
    { text: 'Keep it cold.', verification: 'verified', citations: [1] },
    { text: 'Read it 9 times.', verification: 'partly', citations: [1], doubt: 'number' },
    { text: 'Buy <b>another</b>.', verification: 'unsupported', citations: [], doubt: 'nothing-near' },
  ],
};

describe('an answer that is taken elsewhere', () => {
  it('keeps its citations as plain text', () => {
    expect(answerAsText(turn)).toBe(`${quote} [1]\n[1] Guide, page 14: “${quote}”`);
  });

  it('cannot become markup, whatever the document says', () => {
    expect(asHtml('T<script>', [turn])).not.toMatch(/<script|<b>|<i>/);
    expect(asHtml('T', [turn])).toContain('Keep &lt;b&gt;between&lt;/b&gt;');
    expect(asMarkdown('T', [turn])).toContain('Keep \\<b\\>between\\</b\\> 2 and 8 \\*always\\*');
  });

  it('reads without the marks and the broken lines of the document, whose exact words the data keep besides', () => {
    const raw = 'Keep **between**\n2 and 8';
    const plain: TurnView = { ...turn, citations: [{ ...citation, quote: raw }], sentences: [{ text: 'Keep between 2 and 8', verification: 'verified', citations: [1] }] };
    for (const written of [answerAsText(plain), asMarkdown('T', [plain]), asHtml('T', [plain])]) {
      expect(written).not.toContain('**');
      expect(written.split('Keep between 2 and 8')).toHaveLength(3);
    }
    expect(JSON.parse(asJson('T', [plain]))).toMatchObject({ turns: [{ citations: [{ quote: raw, text: 'Keep between 2 and 8' }] }] });
  });

  it('takes along what a model wrote, who wrote it and what is doubtful in it', () => {
    const all: TurnView = { ...turn, written };
    const by = 'Written by Smol on this device · checked against your documents';
    expect(answerAsText(all)).toBe(`Keep it cold. [1] Read it 9 times. [1] (partly supported: the number is not in the source) Buy <b>another</b>. (not found in your documents)\n${by}\n[1] Guide, page 14: “${quote}”`);
    expect(asMarkdown('T', [all])).toContain('Buy \\<b\\>another\\</b\\>. (not found in your documents)');
    expect(asMarkdown('T', [all])).toContain(`*${by}*`);
    expect(asHtml('T', [all])).toContain('Buy &lt;b&gt;another&lt;/b&gt;.');
    expect(asHtml('T', [all])).toContain(`<small>${by}</small>`);
    expect(JSON.parse(asJson('T', [all]))).toMatchObject({ turns: [{ generator: 'smol@1', written: { title: 'Smol', sentences: written.sentences } }] });
  });

  it('is whole as data', () => {
    expect(JSON.parse(asJson('T', [turn]))).toMatchObject({ title: 'T', turns: [{ question: turn.question, citations: [citation] }] });
  });
});

describe('an answer in words', () => {
  it('names a citation with title, page and how far it supports', () => {
    expect(citationName(citation)).toBe('Source 1: Guide, page 14, verified');
    expect(citationName({ ...citation, verification: 'partly' })).toBe('Source 1: Guide, page 14, partly supported');
  });

  it('counts what is verified and what is not', () => {
    const more = { ...turn, sentences: [...turn.sentences, { text: 'B.', verification: 'partly' as const, citations: [] }, { text: 'C.', verification: 'unsupported' as const, citations: [] }] };
    expect(sentencesWords(more)).toBe('1 of 3 sentences verified, 1 partly, 1 not found');
    expect(sentencesWords(turn)).toBe('1 of 1 sentence verified');
  });

  it('says that an answer is quoted word for word only where all of it is', () => {
    expect(quotesWords(turn)).toBe('1 quote, word for word');
    expect(quotesWords({ ...turn, written })).toBeUndefined();
    expect(quotesWords({ ...turn, sentences: [{ text: 'B.', verification: 'partly', citations: [1] }] })).toBeUndefined();
  });

  it('counts the sentences that a model wrote, where one wrote some', () => {
    expect(isQuoted(turn)).toBe(true);
    expect(isQuoted({ ...turn, written })).toBe(false);
    expect(sentencesWords({ ...turn, written })).toBe('1 of 3 sentences verified, 1 partly, 1 not found');
    expect(sentencesWords({ ...turn, written: { ...written, sentences: [] } })).toBe('1 of 1 sentence verified');
  });

  it('says of a written sentence what is wrong with it', () => {
    expect(written.sentences.map(doubtWords)).toEqual([undefined, 'partly supported: the number is not in the source', 'not found in your documents']);
  });

  it('does not say that the documents do not answer where there are none', () => {
    const none = (sourcesPending: number): TurnView => ({ ...turn, sentences: [], citations: [], state: 'not-found', verdict: 'not-found', search: { passages: [], evidence: { value: 0, covered: 0, seen: 0, unseen: 1, cosine: 0 }, coverage: { documents: 0, passages: 0, passagesByMeaning: 0, sourcesPending }, timings: [], cached: false } });
    expect(notFoundWords(none(0))).toBe('There are no documents here yet, so there was nothing to search.');
    expect(notFoundWords(none(2))).toBe('Your 2 sources are still being read, so there was nothing to search yet.');
    expect(asMarkdown('T', [none(0)])).not.toContain('do not seem to answer');
  });
});
