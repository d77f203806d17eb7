import type { SourceMark } from './source-mark.ts';

/** A stretch of text that the same citations cover from end to end. */
export type MarkedPiece = { start: number; end: number; marks: SourceMark[] };

/**
 * Cuts the range `start` to `end` wherever a mark begins or ends. The pieces tile the range; those that carry a citation,
 * joined over all ranges of a tiling of the document, are exactly the cited text.
 */
export function cutAtMarks(start: number, end: number, marks: readonly SourceMark[]): MarkedPiece[] {
  const touching = marks.filter((mark) => mark.start < end && mark.end > start);
  if (touching.length === 0) return end > start ? [{ start, end, marks: [] }] : [];
  const borders = touching.flatMap((mark) => [mark.start, mark.end]).filter((at) => at > start && at < end);
  const cuts = [...new Set([start, ...borders, end])].sort((left, right) => left - right);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? end;
    return { start: from, end: to, marks: touching.filter((mark) => mark.start <= from && mark.end >= to) };
  });
}
