import { AppError } from '../errors/app-error.ts';
import { compareBytes } from './compare-bytes.ts';
import type { KwPart } from './kw-part.ts';
import { KwWriter } from './kw-writer.ts';

/**
 * One `kw` part with the rows `keepRows[i]` (rising) of each `parts[i]`, part after part: the same bytes that
 * `encodeKwPart` would give for those rows. Terms that no kept row holds vanish. Errors: `segment/corrupt`,
 * `invalid-input` (rows not rising, or outside their part).
 */
export function mergeKwParts(parts: readonly KwPart[], keepRows: readonly Uint32Array[]): Uint8Array<ArrayBuffer> {
  const cursors: Cursor[] = [];
  const lengths: number[] = [];
  for (const [i, part] of parts.entries()) {
    const kept = keepRows[i] ?? new Uint32Array(0);
    cursors.push({ part, term: 0, bytes: firstTerm(part), newRows: renumber(part, kept, lengths.length) });
    for (const row of kept) lengths.push(part.lengths[row]!);
  }
  const largest = Math.max(0, ...parts.map((part) => part.rows));
  const buffers: Buffers = {
    partRows: new Uint32Array(largest),
    partFrequencies: new Uint32Array(largest),
    rows: new Uint32Array(lengths.length),
    frequencies: new Uint32Array(lengths.length),
  };
  const writer = new KwWriter();
  for (let term = lowestTerm(cursors); term; term = lowestTerm(cursors)) {
    const count = gatherPostings(cursors, term, buffers);
    if (count > 0) writer.addTerm(term, buffers.rows, buffers.frequencies, count);
  }
  return writer.finish(Uint32Array.from(lengths));
}

type Cursor = {
  part: KwPart;
  term: number;
  /** Bytes of that term; undefined past the last. */
  bytes: Uint8Array | undefined;
  /** Row in the merged part of each row of this part, or -1. */
  newRows: Int32Array;
};

type Buffers = { partRows: Uint32Array; partFrequencies: Uint32Array; rows: Uint32Array; frequencies: Uint32Array };

function renumber(part: KwPart, kept: Uint32Array, firstRow: number): Int32Array {
  const newRows = new Int32Array(part.rows).fill(-1);
  let previous = -1;
  for (const [i, row] of kept.entries()) {
    if (row <= previous || row >= part.rows) throw new AppError('invalid-input', `row ${row} cannot be kept`);
    newRows[row] = firstRow + i;
    previous = row;
  }
  return newRows;
}

function firstTerm(part: KwPart): Uint8Array | undefined {
  return part.terms > 0 ? part.termBytesAt(0) : undefined;
}

function lowestTerm(cursors: readonly Cursor[]): Uint8Array | undefined {
  let lowest: Uint8Array | undefined;
  for (const { bytes } of cursors) if (bytes && (!lowest || compareBytes(bytes, lowest) < 0)) lowest = bytes;
  return lowest;
}

/** Fills `rows` and `frequencies` with the kept postings of the term, moves the cursors that stood on it on, and returns the count. */
function gatherPostings(cursors: readonly Cursor[], term: Uint8Array, into: Buffers): number {
  let count = 0;
  for (const cursor of cursors) {
    if (!cursor.bytes || compareBytes(cursor.bytes, term) !== 0) continue;
    const found = cursor.part.readPostings(cursor.term, into.partRows, into.partFrequencies);
    for (let i = 0; i < found; i++) {
      const row = cursor.newRows[into.partRows[i]!]!;
      if (row < 0) continue;
      into.rows[count] = row;
      into.frequencies[count++] = into.partFrequencies[i]!;
    }
    cursor.term++;
    cursor.bytes = cursor.term < cursor.part.terms ? cursor.part.termBytesAt(cursor.term) : undefined;
  }
  return count;
}
