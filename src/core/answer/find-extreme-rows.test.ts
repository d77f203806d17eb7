import { describe, expect, it } from 'vitest';
import { findExtremeRows } from './find-extreme-rows.ts';
import type { RankedSentence } from './rank-sentences.ts';

const header = 'specimen\talloy\ttemper\ttensile_strength\ttested';
const rows = [
  'T-101\t6061\tT4\t241 MPa\t2025-08-18',
  'T-102\t6061\tT6\t1,310 MPa\t2025-09-01',
  'T-103\t7075\tT6\t572.5 MPa\t2024-12-31',
  'T-104\t2024\tT4\t\t2025-08-30',
];

/** The rows as ranked sentences of one passage that holds the first `whole` of the table's lines, its header among them. */
function ranked(lines = [header, ...rows], characters?: number): RankedSentence[] {
  const text = lines.join('\n');
  let at = 0;
  const blocks = lines.map((line) => {
    const block = { at, kind: 'table-row' as const, ...(line !== header && { header }) };
    at += line.length + 1;
    return block;
  });
  const passage = { text, blocks, ordinal: 0, start: 0 };
  const document = { id: 'd', language: 'en', characters: characters ?? text.length };
  return blocks.slice(1).map((block) => ({ block, ranked: { passage, document } }) as unknown as RankedSentence);
}

const ask = (question: string, sentences = ranked()) => {
  const found = findExtremeRows(question, sentences);
  return found?.rows.map(({ block, ranked: { passage } }) => passage.text.slice(block.at, block.at + 5)).join() ?? 'none';
};

describe('findExtremeRows', () => {
  it.each([
    ['Which specimen had the highest tensile strength?', 'T-102'],
    ['Which alloy has the lowest tensile strength?', 'T-101'],
    ['What is the lowest tensile strength of a T6 alloy?', 'T-103'],
    ['Which specimen was tested last?', 'T-102'],
    ['What was the earliest test of temper T4?', 'T-101'],
    ['Which specimen was tested in Bonn?', 'none'],
    ['What is the most common alloy?', 'none'],
    ['Which specimen has the highest price?', 'none'],
  ])('%s %s', (question, expected) => {
    expect(ask(question)).toBe(expected);
  });

  it('says whether it saw the whole table', () => {
    const question = 'Which specimen had the highest tensile strength?';
    expect(findExtremeRows(question, ranked())?.isWhole).toBe(true);
    expect(findExtremeRows(question, ranked(undefined, 5000))?.isWhole).toBe(false);
  });

  it('leaves out the row of totals', () => {
    expect(ask('Which specimen had the highest tensile strength?', ranked([header, ...rows, 'Total\t\t\t2,123 MPa\t']))).toBe('T-102');
  });

  it('compares nothing where a row does not fit its header', () => {
    expect(ask('Which specimen had the highest tensile strength?', ranked([header, ...rows, 'T-105\t999 MPa']))).toBe('none');
  });
});
