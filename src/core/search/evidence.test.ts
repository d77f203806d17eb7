import { expect, it } from 'vitest';
import { computeEvidence } from './evidence.ts';

const covered = { idf: 3, seen: true, covered: true };
const elsewhere = { idf: 2, seen: true, covered: false };
const nowhere = { idf: 4, seen: false, covered: false };

it('is half the covered idf, unseen words by half, and half the cosine', () => {
  expect(computeEvidence([covered, elsewhere, nowhere], 0.6)).toEqual({
    value: 0.5 * (3 / (5 + 0.5 * 4)) + 0.5 * 0.6, covered: 3, seen: 5, unseen: 4, cosine: 0.6,
  });
});

it('is the covered share alone without a vector, the cosine alone without a word', () => {
  expect(computeEvidence([covered, elsewhere], undefined).value).toBe(3 / 5);
  expect(computeEvidence([], 0.5).value).toBe(0.5);
  expect(computeEvidence([], undefined).value).toBe(0);
});

it('a question about something else has little evidence, one answered word for word much', () => {
  expect(computeEvidence([elsewhere, nowhere], 0.2).value).toBeLessThan(0.2);
  expect(computeEvidence([covered], 0.5).value).toBeGreaterThan(0.7);
});
