import { expect, it } from 'vitest';
import type { Passage } from '../document/passage.ts';
import type { DocumentId } from '../ids.ts';
import { indexText } from './index-text.ts';

const passage: Passage = {
  document: 'd' as DocumentId, ordinal: 1, start: 10, headings: [], text: 'Rent\nDue monthly.',
  blocks: [{ at: 0, kind: 'heading', level: 2 }, { at: 5, kind: 'paragraph' }],
};

it('a passage without headings is its text', () => {
  expect(indexText(passage)).toBe(passage.text);
});

it('headings come first, outermost first, save one that stands in the passage itself', () => {
  expect(indexText({ ...passage, headings: ['Lease', 'Rent'] })).toBe('Lease\nRent\nDue monthly.');
  expect(indexText({ ...passage, headings: ['Lease', 'Costs'] })).toBe('Lease\nCosts\nRent\nDue monthly.');
});
