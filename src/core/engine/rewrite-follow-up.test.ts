import { expect, it } from 'vitest';
import { isFollowUp, rewriteFollowUp } from './rewrite-follow-up.ts';

it('gives a question with a pronoun the key terms of the question before it', () => {
  expect(rewriteFollowUp('When does it end?', ['What is the term of the lease for Harbour Street?'])).toBe(
    'When does it end? (term lease Harbour Street)',
  );
});

it('asks the question before it again of another year', () => {
  expect(rewriteFollowUp('And in 2023?', ['How high was the revenue in 2022?'])).toBe('How high was the revenue in 2023?');
});

it('gives an elliptic question the key terms of the question before it, without its year where it has one itself', () => {
  expect(rewriteFollowUp('And why?', ['How high was the revenue in 2022?'])).toBe('And why? (high revenue 2022)');
  expect(rewriteFollowUp('And why not in 2023?', ['How high was the revenue in 2022?'])).toBe('And why not in 2023? (high revenue)');
});

const dose = 'What dose of apixaban does Mrs Lindqvist take?';
it.each([
  ['Is she allergic to anything?', [dose], 'Is Mrs Lindqvist allergic to anything?'],
  ['What is her weight, and who saw her?', [dose], 'What is Mrs Lindqvist’s weight, and who saw Mrs Lindqvist?'],
  ['Is she allergic to anything?', [dose, 'What is the notice period?'], 'Is Mrs Lindqvist allergic to anything?'],
  ['Where does he live?', ['When did Anna Berg meet Mr Okafor?'], 'Where does he live? (Anna Berg, Mr Okafor)'],
  ['Where does she live?', ['When did Dr Berg meet Mr Okafor?'], 'Where does Dr Berg live?'],
  ['Is he allergic?', [dose], 'Is he allergic? (Mrs Lindqvist)'],
  ['When does it begin?', ['What is the notice period?'], 'When does the notice period begin?'],
  ['What is its speed?', ['How heavy is the BC-40?'], 'What is the BC-40’s speed?'],
  ['When does it end?', ['Does the pump need oil?'], 'When does it end? (pump need oil)'],
])('%s after %j is searched as %s', (question, earlier, searched) => {
  expect(rewriteFollowUp(question, earlier)).toBe(searched);
});

it('leaves a question that stands alone as it is', () => {
  expect(rewriteFollowUp('Who signed the maintenance contract?', ['What is the rent?'])).toBeUndefined();
  expect(rewriteFollowUp('Which pump does this maintenance manual of the X-17B recommend for hot water?', ['What is the rent?'])).toBeUndefined();
});

it('takes no pronoun for a follow-up whose noun stands in the same question', () => {
  expect(rewriteFollowUp('What is the rent and when is it due?', ['Who works late on the new rota?'])).toBeUndefined();
  expect(rewriteFollowUp('What movie was booked and what did it cost?', ['What does rustfmt do?'])).toBeUndefined();
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
