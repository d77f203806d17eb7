import { expect, it } from 'vitest';
import { containsPhrase } from './contains-phrase.ts';

it('finds words in a row, whatever their case, accents and spacing', () => {
  expect(containsPhrase('…in case of FORCE\n majeure, the', 'force majeure')).toBe(true);
  expect(containsPhrase('die Änderung der Miete', 'anderung der miete')).toBe(true);
  expect(containsPhrase('承租人须支付押金', '支付押金')).toBe(true);
});

it('does not find words apart, in another order or as parts of words', () => {
  expect(containsPhrase('force of a majeure', 'force majeure')).toBe(false);
  expect(containsPhrase('majeure force', 'force majeure')).toBe(false);
  expect(containsPhrase('reinforce majeures', 'force majeure')).toBe(false);
});
