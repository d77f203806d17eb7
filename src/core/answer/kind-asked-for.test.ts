import { describe, expect, it } from 'vitest';
import { kindAskedFor } from './kind-asked-for.ts';

describe('the kind of thing a question asks for', () => {
  it.each([
    ['In which year was it founded?', 'It was founded in 1975.', 'It was founded by 12 people.'],
    ['How many are there?', 'There are 14 of them.', 'There are some of them.'],
    ['Who wrote it?', 'It was written by Emily Rodriguez.', 'It was written by the cashier.'],
    ['Wann beginnt die Ernte?', 'Sie beginnt am 3. Mai.', 'Sie beginnt im Mai.'],
  ])('%s', (question, yes, no) => {
    const isOfKind = kindAskedFor(question);
    expect(isOfKind(yes)).toBe(true);
    expect(isOfKind(no)).toBe(false);
  });

  it('is nothing where the question names none', () => {
    expect(kindAskedFor('Explain ownership.')('In 1975 Bill Gates')).toBe(false);
  });
});
