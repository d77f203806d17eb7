import { describe, expect, it } from 'vitest';
import { kindAskedFor } from './kind-asked-for.ts';

describe('the kind of thing a question asks for', () => {
  it.each([
    ['In which year was it founded?', 'It was founded in 1975.', 'It was founded by 12 people.'],
    ['How many are there?', 'There are 14 of them.', 'There are some of them.'],
    ['Who wrote it?', 'It was written by Emily Rodriguez.', 'It was written by the cashier.'],
    ['How often is the filter cleaned?', 'Clean the filter once a week.', 'Clean the filter in 2024 with soap.'],
    ['How much does the repair cost?', 'It will come to 3,800 pounds.', 'The oil lasts 8,000 hours.'],
    ['How heavy is it?', 'It is 212 kg without feet.', 'It has 4 feet.'],
    ['What is the cap on liability?', 'It is limited to 250,000.', 'Nothing limits liability for death.'],
    ['Which drugs should she avoid?', 'She must not be given ibuprofen.', 'She takes bisoprolol.'],
    ['What is the belt made of?', 'Belt material: polyester', 'Belt speed: 1.9 m/s'],
    ['Wann beginnt die Ernte?', 'Sie beginnt am 3. Mai.', 'Sie beginnt im Mai.'],
  ])('%s', (question, yes, no) => {
    const kind = kindAskedFor(question);
    expect(kind.isIn(yes)).toBe(true);
    expect(kind.isIn(no)).toBe(false);
  });

  it('knows the words of the question that only name it', () => {
    const kind = kindAskedFor('How much does the repair of the chimney cost?');
    expect(['cost', 'chimney'].map((word) => kind.isNamedBy(word))).toEqual([true, false]);
  });

  it('is nothing where the question names none', () => {
    expect(kindAskedFor('Explain ownership.').isIn('In 1975 Bill Gates')).toBe(false);
  });
});
