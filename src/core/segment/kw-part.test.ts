import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeKwPart } from './encode-kw-part.ts';
import { openKwPart, type KwPart } from './kw-part.ts';
import { mergeKwParts } from './merge-kw-parts.ts';

type Row = Map<string, number>;

const anyTerm = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', 'é', '中', '\u{1f600}', '￿', '0') });
const anyRow: fc.Arbitrary<Row> = fc
  .array(fc.tuple(anyTerm, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 }))), { maxLength: 8 })
  .map((entries) => new Map(entries));
const anyRows = fc.array(anyRow, { maxLength: 20 });

function readRows(part: KwPart): Row[] {
  const rows = Array.from({ length: part.rows }, (): Row => new Map());
  const at = new Uint32Array(part.rows);
  const frequencies = new Uint32Array(part.rows);
  for (let term = 0; term < part.terms; term++) {
    const count = part.readPostings(term, at, frequencies);
    for (const [i, row] of at.subarray(0, count).entries()) rows[row]?.set(part.termAt(term), frequencies.at(i) ?? NaN);
  }
  return rows;
}

function outcomeOf(act: () => unknown): unknown {
  try {
    act();
    return 'fine';
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
}

const lengthOf = (row: Row): number => [...row.values()].reduce((sum, frequency) => sum + frequency, 0);

describe('a kw part', () => {
  it('gives back the terms, frequencies and length of every row', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const part = openKwPart(encodeKwPart(rows));
        expect(readRows(part)).toEqual(rows);
        expect([...part.lengths]).toEqual(rows.map(lengthOf));
      }),
    );
  });

  it('finds exactly the terms it holds, with the number of rows that hold each', () => {
    fc.assert(
      fc.property(anyRows, anyTerm, (rows, term) => {
        const part = openKwPart(encodeKwPart(rows));
        const holding = rows.filter((row) => row.has(term)).length;
        const found = part.findTerm(term);
        expect(found >= 0).toBe(holding > 0);
        expect(found < 0 ? term : part.termAt(found)).toBe(term);
        expect(found < 0 ? 0 : part.documentFrequency(found)).toBe(holding);
      }),
    );
  });

  it('gives the first terms with a prefix, up to the limit', () => {
    fc.assert(
      fc.property(anyRows, fc.string({ maxLength: 2, unit: fc.constantFrom('a', 'b', '中', '\u{1f600}') }), fc.nat(5), (rows, prefix, limit) => {
        const part = openKwPart(encodeKwPart(rows));
        const terms = Array.from({ length: part.terms }, (_, term) => part.termAt(term));
        const [from, to] = part.prefixRange(prefix, limit);
        expect(terms.slice(from, to)).toEqual(terms.filter((term) => term.startsWith(prefix)).slice(0, limit));
      }),
    );
  });

  it('orders terms by code point, so that bytes do not depend on the order of insertion', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const reversed = rows.map((row) => new Map([...row].reverse()));
        expect(encodeKwPart(reversed)).toEqual(encodeKwPart(rows));
      }),
    );
  });

  it('merges row-wise into the bytes that encoding the kept rows would give', () => {
    const anyPart = anyRows.chain((rows) => fc.tuple(fc.constant(rows), fc.array(fc.boolean(), { minLength: rows.length, maxLength: rows.length })));
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 5 }), (parts) => {
        const opened = parts.map(([rows]) => openKwPart(encodeKwPart(rows)));
        const keep = parts.map(([, kept]) => Uint32Array.from(kept.flatMap((isKept, row) => (isKept ? [row] : []))));
        const rows = parts.flatMap(([partRows, kept]) => partRows.filter((_, row) => kept[row]));
        expect(mergeKwParts(opened, keep)).toEqual(encodeKwPart(rows));
      }),
    );
  });

  it('keeps lengths and frequencies beyond 16 bits', () => {
    const part = openKwPart(encodeKwPart([new Map([['a', 70_000]])]));
    expect(part.lengths).toEqual(Uint32Array.of(70_000));
    expect(readRows(part)).toEqual([new Map([['a', 70_000]])]);
  });

  it('opens from a view at any offset', () => {
    const bytes = encodeKwPart([new Map([['a', 1]])]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(openKwPart(shifted.subarray(3)).termAt(0)).toBe('a');
  });

  it('refuses terms and frequencies that cannot be stored', () => {
    for (const row of [new Map([['', 1]]), new Map([['\ud800', 1]]), new Map([['a', 0]]), new Map([['a', 1.5]])]) {
      expect(() => encodeKwPart([row])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    }
  });

  it('answers damaged bytes with segment/corrupt or a well-formed part, never with another error', () => {
    const whole = encodeKwPart([new Map([['a', 1], ['b', 3]]), new Map([['b', 1], ['c', 200]]), new Map()]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(whole.length), (at, flip, length) => {
        const bytes = whole.slice(0, length);
        if (at < length) bytes[at] = (bytes.at(at) ?? 0) ^ flip;
        expect(['fine', 'segment/corrupt', 'version-not-supported']).toContain(outcomeOf(() => readRows(openKwPart(bytes))));
      }),
      { numRuns: 500 },
    );
  });

  it('does not allocate for sizes that a hostile header claims', () => {
    const bytes = encodeKwPart([new Map([['a', 1]])]);
    new DataView(bytes.buffer).setUint32(8, 0xffff_fff0, true);
    expect(() => openKwPart(bytes)).toThrow(expect.objectContaining({ code: 'segment/corrupt' }));
  });
});
