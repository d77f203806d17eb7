import { AppError } from '../errors/app-error.ts';
import { compareBytes, startsWith } from './compare-bytes.ts';
import { kwHeaderBytes, kwMagic, kwVersion, layOutKwSections, type KwHeader, type KwSections } from './kw-layout.ts';

/**
 * The keyword postings of a segment, read in place from its bytes. Terms are numbered 0 to `terms - 1` in rising order of
 * their UTF-8 bytes. Errors of the methods: `segment/corrupt` where postings do not decode.
 */
export type KwPart = {
  rows: number;
  terms: number;
  /** Number of terms of each row, repeats counted. */
  lengths: Uint32Array | Uint16Array;
  /** The term's number, or -1. */
  findTerm(term: string): number;
  /** The numbers `[from, to)` of terms that begin with `prefix`, at most `limit` of them, the first in order. */
  prefixRange(prefix: string, limit: number): [from: number, to: number];
  termAt(term: number): string;
  /** The term's UTF-8 bytes as a view. */
  termBytesAt(term: number): Uint8Array;
  /** Number of rows that hold the term, deleted ones included. */
  documentFrequency(term: number): number;
  /**
   * Decodes the term's rows, rising, and its frequency in each, and returns their count. Both arrays must hold
   * `documentFrequency(term)` values; `rows` values always suffice.
   */
  readPostings(term: number, intoRows: Uint32Array, intoFrequencies: Uint32Array | Uint16Array): number;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Opens a `kw` part without copying (an unaligned view is copied once). Checks header, sizes and offset tables, so that
 * no later call reads outside. Errors: `segment/corrupt`; `version-not-supported` for a later layout.
 */
export function openKwPart(bytes: Uint8Array): KwPart {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const header = readHeader(aligned);
  return new KwReader(aligned, header, layOutKwSections(header));
}

class KwReader implements KwPart {
  readonly rows: number;
  readonly terms: number;
  readonly lengths: Uint32Array | Uint16Array;
  readonly #termOffsets: Uint32Array;
  readonly #postingOffsets: Uint32Array;
  readonly #termBytes: Uint8Array;
  readonly #postings: Uint8Array;
  /** Where the last varint read ended. */
  #position = 0;

  constructor(bytes: Uint8Array, header: KwHeader, sections: KwSections) {
    const buffer = bytes.buffer as ArrayBuffer;
    const { byteOffset } = bytes;
    const LengthArray = header.lengthBytes === 2 ? Uint16Array : Uint32Array;
    this.rows = header.rows;
    this.terms = header.terms;
    this.lengths = new LengthArray(buffer, byteOffset + sections.lengths, header.rows);
    this.#termOffsets = new Uint32Array(buffer, byteOffset + sections.termOffsets, header.terms + 1);
    this.#postingOffsets = new Uint32Array(buffer, byteOffset + sections.postingOffsets, header.terms + 1);
    this.#termBytes = bytes.subarray(sections.terms, sections.terms + header.termBytes);
    this.#postings = bytes.subarray(sections.postings, sections.postings + header.postingBytes);
    checkOffsets(this.#termOffsets, header.termBytes);
    checkOffsets(this.#postingOffsets, header.postingBytes);
  }

  findTerm(term: string): number {
    const bytes = encoder.encode(term);
    const place = this.#lowerBound(bytes);
    return place < this.terms && compareBytes(this.termBytesAt(place), bytes) === 0 ? place : -1;
  }

  prefixRange(prefix: string, limit: number): [from: number, to: number] {
    const bytes = encoder.encode(prefix);
    const from = this.#lowerBound(bytes);
    let low = from;
    let high = Math.min(this.terms, from + Math.max(0, limit));
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (startsWith(this.termBytesAt(middle), bytes)) low = middle + 1;
      else high = middle;
    }
    return [from, low];
  }

  termAt(term: number): string {
    return decoder.decode(this.termBytesAt(term));
  }

  termBytesAt(term: number): Uint8Array {
    return this.#termBytes.subarray(this.#termOffsets[term], this.#termOffsets[term + 1]);
  }

  documentFrequency(term: number): number {
    const count = this.#varint(this.#postingOffsets[term]!, this.#postingOffsets[term + 1]!);
    if (count < 1 || count > this.rows) throw corrupt('a term is in more rows than there are');
    return count;
  }

  readPostings(term: number, intoRows: Uint32Array, intoFrequencies: Uint32Array | Uint16Array): number {
    const count = this.documentFrequency(term);
    const end = this.#postingOffsets[term + 1]!;
    let row = -1;
    for (let i = 0; i < count; i++) {
      const code = this.#varint(this.#position, end);
      row += (code >>> 1) + 1;
      intoRows[i] = row;
      intoFrequencies[i] = (code & 1) === 1 ? 1 : this.#varint(this.#position, end);
    }
    // Rows only rise, so the last one bounds them all.
    if (row >= this.rows) throw corrupt('a posting names a row that does not exist');
    return count;
  }

  #lowerBound(bytes: Uint8Array): number {
    let low = 0;
    let high = this.terms;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(this.termBytesAt(middle), bytes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #varint(from: number, end: number): number {
    const postings = this.#postings;
    let position = from;
    let value = 0;
    for (let shift = 0; shift < 35 && position < end; shift += 7) {
      const byte = postings[position++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) {
        this.#position = position;
        return value;
      }
    }
    throw corrupt('postings end within a number');
  }
}

function readHeader(bytes: Uint8Array): KwHeader {
  if (bytes.length < kwHeaderBytes) throw corrupt('shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, kwHeaderBytes);
  const word = (index: number): number => view.getUint32(4 * index, true);
  if (word(0) !== kwMagic) throw corrupt('not a kw part');
  if (word(1) !== kwVersion) throw new AppError('version-not-supported', `kw part of version ${word(1)}`);
  const lengthBytes = word(4);
  if (lengthBytes !== 2 && lengthBytes !== 4) throw corrupt('row lengths are neither 16 nor 32 bits');
  const header: KwHeader = { rows: word(2), terms: word(3), lengthBytes, termBytes: word(5), postingBytes: word(6) };
  if (layOutKwSections(header).end !== bytes.length) throw corrupt('its size is not what its header says');
  return header;
}

function checkOffsets(offsets: Uint32Array, end: number): void {
  let previous = 0;
  // Indexed, because iterating takes far longer and opening a large corpus checks millions of offsets.
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i]!;
    if (offset < previous) throw corrupt('its offsets do not rise');
    previous = offset;
  }
  if (offsets[0] !== 0 || previous !== end) throw corrupt('its offsets do not cover the section');
}

function corrupt(reason: string): AppError {
  return new AppError('segment/corrupt', `kw part: ${reason}`);
}
