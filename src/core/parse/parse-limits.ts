import type { SourceType } from '../document/parsed-document.ts';

/** Bounds on what one file may cost. What exceeds one of them ends in a named error, never in a silent cut. */
export type ParseLimits = {
  /** Size of the file, by what it is: `source/too-large`. */
  bytes: Record<SourceType, number>;
  /** UTF-16 units of parsed text: `source/too-large`. */
  characters: number;
  /** Pages of a PDF, slides of a presentation: `source/too-large`. */
  pages: number;
  /** Wall-clock time: `source/timeout`, thrown at the next page, row or chapter. */
  milliseconds: number;
  /** Elements within elements, values within values: `source/too-deep`. */
  depth: number;
  /** Files in an archive, and what they may inflate to; `archiveRatio` counts from `archiveFloorBytes` on: `source/zip-bomb`. */
  archiveEntries: number;
  archiveRatio: number;
  archiveFloorBytes: number;
  archiveInflatedBytes: number;
};

const mebibyte = 2 ** 20;

export const defaultParseLimits: ParseLimits = {
  bytes: {
    pdf: 512 * mebibyte,
    docx: 128 * mebibyte,
    pptx: 512 * mebibyte,
    xlsx: 128 * mebibyte,
    epub: 256 * mebibyte,
    html: 32 * mebibyte,
    markdown: 128 * mebibyte,
    text: 256 * mebibyte,
    csv: 128 * mebibyte,
    json: 256 * mebibyte,
    code: 64 * mebibyte,
  },
  characters: 256 * mebibyte,
  pages: 20_000,
  milliseconds: 180_000,
  depth: 512,
  archiveEntries: 2000,
  archiveRatio: 100,
  archiveFloorBytes: 4 * mebibyte,
  archiveInflatedBytes: 200_000_000,
};
