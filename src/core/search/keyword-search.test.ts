import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryTerm } from '../language/analyze-query.ts';
import { encodeKwPart } from '../segment/encode-kw-part.ts';
import { openKwPart } from '../segment/kw-part.ts';
import { mergeKwParts } from '../segment/merge-kw-parts.ts';
import { holdsTerm, KeywordSearch, type KeywordScope, type KeywordSegment } from './keyword-search.ts';

type Row = ReadonlyMap<string, number>;

const term = (...terms: string[]): QueryTerm => ({ terms, count: 1 });

function scopeOf(parts: Uint8Array[], isAllowed: (row: number) => boolean = () => true): KeywordScope {
  const segments: KeywordSegment[] = [];
  let rows = 0;
  for (const bytes of parts) {
    const part = openKwPart(bytes);
    segments.push({ part, firstRow: rows });
    rows += part.rows;
  }
  const allow = new Uint8Array((rows + 7) >> 3);
  let [allowedRows, allowedLength] = [0, 0];
  for (const { part, firstRow } of segments) {
    part.lengths.forEach((length, row) => {
      if (!isAllowed(firstRow + row)) return;
      allow[(firstRow + row) >> 3]! |= 1 << ((firstRow + row) & 7);
      allowedRows++;
      allowedLength += length;
    });
  }
  return { segments, rows, allowedRows, allowedLength, ...(allowedRows < rows && { allow }) };
}

/** The rule as written down, over plain rows. */
function plainScores(rows: readonly Row[], query: readonly QueryTerm[]): { scores: number[]; bound: number } {
  const lengths = rows.map((row) => [...row.values()].reduce((sum, count) => sum + count, 0));
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, rows.length);
  const scores = rows.map(() => 0);
  let bound = 0;
  for (const { terms, prefix, count } of query) {
    const matches = (name: string): boolean => terms.includes(name) || (prefix !== undefined && name.startsWith(prefix));
    const frequencies = rows.map((row) => [...row].reduce((sum, [name, times]) => sum + (matches(name) ? times : 0), 0));
    const df = frequencies.filter((frequency) => frequency > 0).length;
    const idf = Math.log(1 + (rows.length - df + 0.5) / (df + 0.5));
    bound += count * idf * 2.2;
    frequencies.forEach((tf, row) => {
      if (tf > 0) scores[row]! += (count * idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * lengths[row]!) / average));
    });
  }
  return { scores, bound };
}

const words = ['a', 'ab', 'abc', 'b', 'ba', 'c', 'é', '租金'];
const rowArbitrary = fc.array(fc.tuple(fc.constantFrom(...words), fc.integer({ min: 1, max: 5 })), { maxLength: 6 }).map((pairs) => new Map(pairs));
const segmentsArbitrary = fc.array(fc.array(fc.record({ row: rowArbitrary, live: fc.boolean() }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
const queryArbitrary = fc.array(
  fc.record(
    { terms: fc.uniqueArray(fc.constantFrom(...words, 'unseen'), { minLength: 1, maxLength: 3 }), count: fc.integer({ min: 1, max: 3 }), prefix: fc.constantFrom('a', 'ab', 'z') },
    { requiredKeys: ['terms', 'count'] },
  ),
  { maxLength: 5 },
) as fc.Arbitrary<QueryTerm[]>;

describe('BM25 over kw parts', () => {
  it('scores as the rule says, over the allowed rows alone', () => {
    fc.assert(
      fc.property(segmentsArbitrary, queryArbitrary, (segments, query) => {
        const all = segments.flat();
        const scope = scopeOf(segments.map((rows) => encodeKwPart(rows.map(({ row }) => row))), (row) => all[row]!.live);
        const { scores, bound } = new KeywordSearch().score(scope, query);
        const plain = plainScores(all.filter(({ live }) => live).map(({ row }) => row), query);
        expect(bound).toBeCloseTo(plain.bound, 10);
        let live = 0;
        all.forEach((entry, row) => expect(scores[row]).toBeCloseTo(entry.live ? plain.scores[live++]! : 0, 10));
      }),
    );
  });

  it('gives the very same scores after segments are merged and deleted rows dropped', () => {
    fc.assert(
      fc.property(segmentsArbitrary, queryArbitrary, (segments, query) => {
        const all = segments.flat();
        const parts = segments.map((rows) => encodeKwPart(rows.map(({ row }) => row)));
        const keep = segments.map((rows) => Uint32Array.from(rows.flatMap(({ live }, row) => (live ? [row] : []))));
        const merged = mergeKwParts(parts.map(openKwPart), keep);
        const search = new KeywordSearch();
        const before = search.score(scopeOf(parts, (row) => all[row]!.live), query);
        const expected = { scores: [...before.scores].filter((_, row) => all[row]!.live), bound: before.bound };
        const after = search.score(scopeOf([merged]), query);
        expect({ scores: [...after.scores], bound: after.bound }).toEqual(expected);
      }),
    );
  });

  it('never gives more than the bound', () => {
    fc.assert(
      fc.property(segmentsArbitrary, queryArbitrary, (segments, query) => {
        const { scores, bound } = new KeywordSearch().score(scopeOf(segments.map((rows) => encodeKwPart(rows.map(({ row }) => row)))), query);
        for (const score of scores) expect(score).toBeLessThanOrEqual(bound);
      }),
    );
  });

  it('counts a word once however many of its stems a passage has', () => {
    const scope = scopeOf([encodeKwPart([new Map([['tenant', 1], ['tenants', 2]]), new Map([['other', 3]])])]);
    const together = new KeywordSearch().score(scope, [term('tenant', 'tenants')]).terms;
    expect(together.map(({ documentFrequency }) => documentFrequency)).toEqual([1]);
  });

  it('finds the rows that hold all words, and says whether one row holds a word', () => {
    const bytes = encodeKwPart([new Map([['x', 1]]), new Map([['x', 1], ['y', 1]]), new Map([['y', 2]])]);
    const scope = scopeOf([bytes, bytes]);
    const search = new KeywordSearch();
    expect(search.rowsWithAll(scope, [term('x'), term('y')])).toEqual([1, 4]);
    expect(search.rowsWithAll(scope, [term('x'), term('z')])).toEqual([]);
    expect([0, 1, 2].map((row) => holdsTerm(openKwPart(bytes), row, term('y')))).toEqual([false, true, true]);
  });
});
