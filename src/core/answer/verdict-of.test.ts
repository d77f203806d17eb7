import { describe, expect, it } from 'vitest';
import { verdictByCloseness, verdictOf, type SentenceSupport } from './verdict-of.ts';

const verdict = (...of: Parameters<typeof verdictOf>) => verdictOf(...of).verdict;
const evidence = { value: 0.5, covered: 5, seen: 10, unseen: 0, cosine: 0.5 };
const support: SentenceSupport = { cosine: 0.5, closeness: 0.5, overlap: 0.5, covered: 0.5, content: 0.5, names: 1 };

describe('verdictOf', () => {
  it('rises from not-found over weak to answered with evidence and sentence', () => {
    expect([0.2, 0.44, 0.8].map((value) => verdict({ ...evidence, value }, { ...support, cosine: value }, 1000, true))).toEqual(['not-found', 'weak', 'answered']);
  });

  it('asks for less where few passages could have matched by chance', () => {
    const of = (passages: number) => verdict({ ...evidence, value: 0.38 }, { ...support, cosine: 0.38 }, passages, true);
    expect([1_000_000, 240, 3].map(of)).toEqual(['not-found', 'not-found', 'answered']);
  });

  it('finds nothing where only the names of the question were found, however many of its words they are', () => {
    const names = { ...support, content: 0, covered: 0.4, closeness: 0.2 };
    expect(verdict({ ...evidence, value: 0.7 }, names, 10, true)).toBe('not-found');
    expect(verdict({ ...evidence, value: 0.7 }, { ...names, closeness: 0.6 }, 10, true)).toBe('answered');
  });

  it('asks for more where the names of the question stand in no document', () => {
    const of = (names: number) => verdict({ ...evidence, value: 0.42 }, { ...support, cosine: 0.42, names }, 1000, true);
    expect([of(1), of(0)]).toEqual(['weak', 'not-found']);
  });

  it('goes by the words where the meaning of the language is not known', () => {
    expect(verdict({ ...evidence, value: 0.9, covered: 1 }, { ...support, cosine: 0.9, overlap: 0.1 }, 1000, false)).toBe('not-found');
    expect(verdict({ ...evidence, value: 0.1, covered: 8 }, { ...support, cosine: 0, overlap: 0.6 }, 1000, false)).toBe('answered');
  });

  it('goes by the meaning where no word of the question counts', () => {
    expect(verdict({ value: 0.8, covered: 0, seen: 0, unseen: 0, cosine: 0.8 }, { ...support, cosine: 0.8, overlap: 0 }, 1000, false)).toBe('answered');
  });

  it('gives the figures it went by, and what decided instead of them', () => {
    const { verdict: answered, judgement } = verdictOf({ ...evidence, value: 0.5 }, support, 1000, true);
    expect({ answered, ...judgement }).toMatchObject({ answered: 'answered', value: 0.5, weakFrom: 0.397, answeredFrom: 0.47, rule: 'meaning' });
    expect(judgement.decidedBy).toBeUndefined();
    expect(verdictOf(evidence, support, 10, true).judgement.weakFrom).toBeLessThan(0.397);
    expect(verdictOf({ ...evidence, value: 0.7 }, { ...support, content: 0, covered: 0.4, closeness: 0.2 }, 10, true).judgement.decidedBy).toBe('names-only');
    expect(verdictOf({ ...evidence, value: 0.44 }, { ...support, cosine: 0.44, overlap: 1 }, 1000, true)).toMatchObject({ verdict: 'answered', judgement: { decidedBy: 'whole-question' } });
    expect(verdictOf(evidence, support, 1000, false).judgement.rule).toBe('words');
  });
});

describe('verdictByCloseness', () => {
  it('rises with the cosine, and asks for more where there are more passages', () => {
    expect([0.3, 0.55, 0.7].map((cosine) => verdictByCloseness(cosine, 1000))).toEqual(['not-found', 'weak', 'answered']);
    expect([1000, 40, 3].map((passages) => verdictByCloseness(0.45, passages))).toEqual(['not-found', 'not-found', 'weak']);
  });
});
