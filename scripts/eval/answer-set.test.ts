import { beforeAll, describe, expect, it } from 'vitest';
import { askAnswerSet, scoreAnswerSet, type AnsweredQuestion, type AnswerSetRow } from './evaluate-answer-set.ts';
import { loadEmbedder } from './load-embedder.ts';
import { readAnswerSet } from './read-answer-set.ts';

let asked: AnsweredQuestion[];
let rows: AnswerSetRow[];

beforeAll(async () => {
  asked = await askAnswerSet(await readAnswerSet(), { embedder: await loadEmbedder() });
  rows = scoreAnswerSet(asked);
});

describe('the labelled questions of this repository', () => {
  it('has forty questions in each half, a quarter of them without an answer', () => {
    for (const { questions } of rows) expect(questions).toBe(40);
    expect(asked.filter(({ isAnswerable }) => !isAnswerable).length).toBeGreaterThanOrEqual(asked.length / 4);
  });

  it.each([
    { set: 'tuning', firstSentence: 0.92, falseRefusals: 0.05, refusals: 0.9 },
    { set: 'reporting', firstSentence: 0.7, falseRefusals: 0.1, refusals: 0.7 },
  ])('are answered and refused as well as was measured: $set', ({ set, ...least }) => {
    for (const row of rows.filter((one) => one.set === set)) {
      expect(row.firstSentence).toBeGreaterThanOrEqual(least.firstSentence);
      expect(row.refusals).toBeGreaterThanOrEqual(least.refusals);
      expect(row.falseRefusals).toBeLessThanOrEqual(least.falseRefusals);
    }
  });

  it('shows few sentences, since one good one beats four', () => {
    for (const { sentencesShown } of rows) expect(sentencesShown).toBeLessThan(1.8);
  });

  it.each(['Is Mrs Okafor allergic to anything?', 'What is the belt speed of the BC-40?', 'What interest is payable on late invoices?'])(
    'a name in the question does not outweigh what is asked: %s',
    (question) => {
      const own = asked.filter((one) => one.question === question);
      expect(own.map(({ isRight, first }) => (isRight ? 'right' : first))).toEqual(['right', 'right']);
    },
  );
});
