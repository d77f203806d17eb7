import { expect, it } from 'vitest';
import { analyze } from './analyze-text.ts';
import { analyzeQuery } from './analyze-query.ts';

it('counts repeated words and leaves out stop words', () => {
  expect(analyzeQuery('What is the rent, and when is the rent due?', ['en']).terms).toEqual([
    { terms: ['rent'], count: 2 },
    { terms: ['due'], count: 1 },
  ]);
});

it('a word stands for its stems in every language searched', () => {
  expect(analyzeQuery('Mietverträge', ['de', 'es']).terms[0]?.terms).toContain('mietvertrag');
  expect(analyzeQuery('running', ['en', 'und']).terms).toEqual([{ terms: ['run', 'running'], count: 1 }]);
});

it("a stop word of the question's own language is left out though another language knows it as a word", () => {
  const terms = analyzeQuery('Wann wird die Kaution gezahlt?', ['de', 'en']).terms.flatMap((term) => term.terms);
  expect(terms).not.toContain('die');
  expect(analyzeQuery('how does one die of thirst', ['de', 'en']).terms.flatMap((term) => term.terms)).toContain('die');
});

it('takes quoted parts as phrases and starred words as prefixes', () => {
  const query = analyzeQuery('“force majeure” contrac* in Lease', ['en']);
  expect(query.phrases).toEqual(['force majeure']);
  expect(query.terms).toContainEqual({ terms: ['contrac'], prefix: 'contrac', count: 1 });
  expect(query.terms).toContainEqual({ terms: ['leas'], count: 1 });
});

it('has no terms for stop words alone, and takes a huge question in bounded time', () => {
  expect(analyzeQuery('what is it?', ['en']).terms).toEqual([]);
  expect(analyzeQuery('word '.repeat(1_000_000), ['en']).terms).toHaveLength(1);
});

it('a day stands for itself however it is written', () => {
  const typed = ['1 September 2025', 'September 1, 2025', '2025-09-01', '01.09.2025'].map((day) => analyzeQuery(`potassium on ${day}`, ['en']).terms);
  for (const terms of typed) expect(terms).toEqual(typed[0]);
  const written = [...analyze('Taken on 1 September 2025', 'en').keys()];
  for (const row of [written, [...analyze('2025-09-01,Potassium,5.4', 'en').keys()], [...analyze('01/09/2025', 'en').keys()]]) {
    const found = typed[0]?.filter(({ terms }) => terms.some((term) => row.includes(term))).length;
    expect(found).toBeGreaterThanOrEqual(3);
  }
});
