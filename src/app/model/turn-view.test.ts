import { describe, expect, it } from 'vitest';
import type { Answer, AnswerEvent, AnswerSentence, Citation } from '#core/answer/answer-types.ts';
import type { AnswerId, CorpusId, DocumentId } from '#core/ids.ts';
import { advanceTurn, beginTurn, stopTurn, viewTurn } from './turn-view.ts';

const cite = (number: number): Citation => ({ number, corpus: 'c' as CorpusId, document: 'd' as DocumentId, title: 'Lease', start: number, end: number + 3, quote: 'Yes', verification: 'verified' });
const quote: AnswerSentence = { text: 'Yes', verification: 'verified', citations: [1] };
const said: AnswerSentence = { text: 'It is so.', verification: 'partly', citations: [2], doubt: 'number' };
const search: Answer['search'] = { passages: [], evidence: { value: 1, covered: 1, seen: 1, unseen: 0, cosine: 1 }, coverage: { documents: 1, passages: 1, passagesByMeaning: 1, sourcesPending: 0 }, timings: [], cached: false };
const answer: Answer = { verdict: 'answered', generator: 'extractive', sentences: [quote], citations: [cite(1), cite(2)], closest: [], search };
const figures = { repaired: 0, tokens: 9, tokensPerSecond: 20, firstTokenMs: 100, device: 'wasm' };
const written = { generator: 'm@1', title: 'M', state: 'done' as const, sentences: [said], ...figures };

const start = beginTurn('a' as AnswerId, 'Is it so?', '2026-05-03T00:00:00Z');
const begun: AnswerEvent[] = [
  { kind: 'search', result: search, verdict: 'answered' },
  { kind: 'sentence', sentence: quote, citations: [cite(1)] },
  { kind: 'writing', generator: 'm@1', title: 'M' },
];
const after = (...events: AnswerEvent[]) => events.reduce(advanceTurn, start);

describe('an answer that a model writes to', () => {
  it('keeps its quotes and gains what is written, sentence by sentence', () => {
    const turn = after(...begun, { kind: 'written', sentence: said, citations: [cite(2)], rest: '' });
    expect(turn).toMatchObject({ state: 'streaming', sentences: [quote], written: { title: 'M', state: 'writing', sentences: [said] } });
    expect(turn.citations.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is the very same while only a sentence goes on, so that nothing is drawn anew', () => {
    const turn = after(...begun);
    expect(advanceTurn(turn, { kind: 'written', citations: [], rest: 'It is' })).toBe(turn);
  });

  it('ends as its end says: with its figures, or with why nothing was written', () => {
    expect(after(...begun, { kind: 'done', answer: { ...answer, written } })).toMatchObject({ state: 'done', written: { state: 'done', sentences: [said], figures } });
    const refused = after(...begun, { kind: 'done', answer: { ...answer, notWritten: 'failed' } });
    expect(refused).toMatchObject({ state: 'done', notWritten: 'failed', sentences: [quote] });
    expect(refused).not.toHaveProperty('written');
    expect(after(...begun, { kind: 'done', answer: { ...answer, written: { ...written, state: 'stopped' } } }).state).toBe('stopped');
  });

  it('keeps whole sentences when it is stopped', () => {
    const turn = stopTurn(after(...begun, { kind: 'written', sentence: said, citations: [cite(2)], rest: 'And' }));
    expect(turn).toMatchObject({ state: 'stopped', sentences: [quote], written: { state: 'stopped', sentences: [said] } });
    expect(stopTurn({ ...turn, state: 'done' }).state).toBe('done');
  });

  it('is whole again when a kept conversation is opened', () => {
    const turn = viewTurn({ id: 'a' as AnswerId, question: 'Is it so?', askedAt: start.askedAt, state: 'done', answer: { ...answer, written } });
    expect(turn).toMatchObject({ state: 'done', sentences: [quote], written: { title: 'M', sentences: [said], figures } });
  });
});
