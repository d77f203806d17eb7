import { describe, expect, it } from 'vitest';
import type { RankedPassage, SearchResult } from '../search/search-types.ts';
import { readAskedTerms } from './asked-terms.ts';

const passages = (language: string) => [{ document: { language } }] as unknown as RankedPassage[];
const read = (question: string, sentences: string[], language = 'en') =>
  new Map(readAskedTerms(question, {} as SearchResult, passages(language), sentences).map((term) => [term.word, term]));

describe('readAskedTerms', () => {
  it('counts a name less than a word, by its spelling in the texts, however it is typed', () => {
    const terms = read('does mrs okafor smoke', ['I saw Mrs Okafor today.', 'She does not smoke.']);
    expect(terms.get('okafor')).toMatchObject({ isName: true, weight: 0.5 });
    expect(terms.get('smoke')).toMatchObject({ isName: false, weight: 1 });
  });

  it('knows a name that stands in no text by its capital', () => {
    expect(read('How many days does Microsoft grant?', []).get('Microsoft')?.isName).toBe(true);
    expect(read('Penicillin or not?', []).get('Penicillin')?.isName).toBe(false);
  });

  it('takes no noun for a name in German', () => {
    expect(read('Wann endet der Vertrag?', ['Der neue Vertrag endet im Mai.'], 'de').get('Vertrag')?.isName).toBe(false);
  });

  it('tells words that seldom return in an answer', () => {
    const terms = read('How much does anything weigh?', []);
    expect(terms.get('much')?.isMeasure).toBe(true);
    expect(terms.get('anything')).toMatchObject({ isVague: true, weight: 0.4 });
  });

  it('takes what a follow-up points at like a name', () => {
    const terms = read('When does it end? (term lease)', ['The lease has a term of five years.']);
    expect([terms.get('end'), terms.get('term'), terms.get('lease')].map((term) => term?.isName)).toEqual([false, true, true]);
    expect(read('When does the lease (term) end?', []).get('term')?.isName).toBe(false);
  });

  it('counts the parts of a date less than what is asked', () => {
    const terms = read('What was the potassium on 1 September 2025?', []);
    expect(terms.get('September')).toMatchObject({ isDate: true, isName: false });
    expect(terms.get('potassium')).toMatchObject({ isDate: false, weight: 1 });
  });
});
