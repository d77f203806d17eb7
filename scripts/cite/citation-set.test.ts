import { beforeAll, describe, expect, it } from 'vitest';
import { judgeCitations, summarise, type JudgedRow } from './judge-citations.ts';
import { readCitationSet, type CitationSet } from './read-citation-set.ts';

describe('the labelled set of sentences', () => {
  let set: CitationSet;
  let judged: JudgedRow[];
  beforeAll(async () => {
    set = await readCitationSet();
    judged = judgeCitations(set, {});
  });

  it('has at least 600 sentences, each with passages that are there, and no article in both halves', () => {
    expect(set.rows.length).toBeGreaterThanOrEqual(600);
    const splitOf = new Map<string, string>();
    for (const { passages, split, cited, gold } of set.rows) {
      for (const id of passages) {
        const article = set.passages.get(id)?.article ?? '';
        expect(splitOf.get(article) ?? split).toBe(split);
        splitOf.set(article, split);
      }
      for (const place of [cited, gold]) if (place !== undefined) expect(passages[place - 1]).toBeDefined();
    }
    expect(splitOf.has('')).toBe(false);
    expect(new Set(set.rows.map(({ id }) => id)).size).toBe(set.rows.length);
  });

  it('never sees a quote called unsupported, and every wrong mark on a quote put right', () => {
    for (const split of ['tuning', 'reporting'] as const) {
      const { quotesCalledUnsupported, repaired } = summarise(judged, split);
      expect(quotesCalledUnsupported).toBe(0);
      expect(repaired.split(' of ')[0]).toBe(repaired.split(' of ')[1]);
    }
  });

  it('sees nine in ten unsupported sentences found, and nine in ten findings right, in the half that choices were made with', () => {
    const { precision, recall } = summarise(judged, 'tuning');
    expect(precision).toBeGreaterThanOrEqual(0.93);
    expect(recall).toBeGreaterThanOrEqual(0.92);
  });
});
