import { expect, it } from 'vitest';
import { isFollowUp, rewriteFollowUp } from './rewrite-follow-up.ts';

it('gives a question with a pronoun the key terms of the question before it', () => {
  expect(rewriteFollowUp('When does it end?', ['What is the term of the lease for Harbour Street?'])).toBe(
    'When does it end? (term lease Harbour Street)',
  );
});

it('gives an elliptic question the key terms of the question before it', () => {
  expect(rewriteFollowUp('And in 2023?', ['How high was the revenue in 2022?'])).toBe('And in 2023? (high revenue 2022)');
});

it('leaves a question that stands alone as it is', () => {
  expect(rewriteFollowUp('Who signed the maintenance contract?', ['What is the rent?'])).toBeUndefined();
  expect(rewriteFollowUp('Which pump does this maintenance manual of the X-17B recommend for hot water?', ['What is the rent?'])).toBeUndefined();
});

it('takes no pronoun for a follow-up whose noun stands in the same question', () => {
  expect(rewriteFollowUp('What is the rent and when is it due?', ['Who works late on the new rota?'])).toBeUndefined();
  expect(rewriteFollowUp('Where is the boiler, and is it old?', ['Who works late on the new rota?'])).toBeUndefined();
  expect(rewriteFollowUp('Who is Lindqvist and where does he work?', ['What is the rent?'])).toBeUndefined();
  expect(isFollowUp('Wie hoch ist die Miete und wann ist sie fällig?')).toBe(false);
  expect(isFollowUp('Does the tenant pay it?')).toBe(true);
  expect(isFollowUp('How much is it and when is the rent due?')).toBe(true);
});

it('has nothing to add in the first turn of a conversation or when every term is there already', () => {
  expect(rewriteFollowUp('When does it end?', [])).toBeUndefined();
  expect(rewriteFollowUp('Is it the lease?', ['What is the lease?'])).toBeUndefined();
});

it('knows German and Chinese pronouns', () => {
  expect(isFollowUp('Wann endet er?')).toBe(true);
  expect(isFollowUp('它什么时候结束？')).toBe(true);
  expect(isFollowUp('Wann endet der Mietvertrag?')).toBe(false);
});
