/**
 * Fixed points of the `kw` part; docs/segment-format.md has the whole layout. All numbers are little-endian, and the
 * sections follow the header in this order, each padded with zeros to a multiple of 4 bytes:
 * lengths, term offsets, posting offsets, term bytes, posting bytes.
 */
export const kwMagic = 0x57_4b_4c_41; // "ALKW" read as a little-endian uint32
export const kwVersion = 1;
export const kwHeaderBytes = 32;

/** Numbers of the header, in order, each a uint32. */
export type KwHeader = {
  rows: number;
  terms: number;
  /** 2 where every row length fits in 16 bits, else 4. */
  lengthBytes: 2 | 4;
  termBytes: number;
  postingBytes: number;
};

/** Byte offset of each section, and the size of the whole part. */
export type KwSections = { lengths: number; termOffsets: number; postingOffsets: number; terms: number; postings: number; end: number };

export function layOutKwSections(header: KwHeader): KwSections {
  const lengths = kwHeaderBytes;
  const termOffsets = lengths + align4(header.rows * header.lengthBytes);
  const postingOffsets = termOffsets + 4 * (header.terms + 1);
  const terms = postingOffsets + 4 * (header.terms + 1);
  const postings = terms + align4(header.termBytes);
  return { lengths, termOffsets, postingOffsets, terms, postings, end: postings + align4(header.postingBytes) };
}

function align4(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}
