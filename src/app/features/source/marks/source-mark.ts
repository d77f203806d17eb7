import type { Citation } from '#core/answer/answer-types.ts';
import type { DocumentId } from '#core/ids.ts';

/** A range of the document's text to be marked as evidence. `citation` is its number, 0 for a span that no citation names. */
export type SourceMark = { citation: number; start: number; end: number };

export type Span = { start: number; end: number };

/** The marks of one document, and which of them is in view. */
export type SourceMarks = { marks: SourceMark[]; here: SourceMark | undefined };

/**
 * The marks that a source shows: its citations, and the span of the address where no citation is equal to it. The span
 * is numbered 1 where it stands alone. Ranges are clamped to the text; empty ones are left out.
 */
export function marksOf(source: DocumentId, length: number, citations: readonly Citation[], active?: number, span?: Span): SourceMarks {
  const marks = new Map<number, SourceMark>();
  for (const { document, number, start, end } of citations) {
    if (document === source) addMark(marks, { citation: number, start, end }, length);
  }
  const equal = span && [...marks.values()].find((mark) => mark.start === span.start && mark.end === span.end);
  const alone = marks.size === 0 ? 1 : 0;
  if (span && !equal) addMark(marks, { citation: alone, start: span.start, end: span.end }, length);
  const here = marks.get(active ?? -1) ?? equal ?? (span && marks.get(alone));
  return { marks: [...marks.values()].sort((left, right) => left.start - right.start || right.end - left.end), here };
}

function addMark(marks: Map<number, SourceMark>, mark: SourceMark, length: number): void {
  const start = Math.max(0, Math.min(length, Math.trunc(mark.start)));
  const end = Math.min(length, Math.trunc(mark.end));
  if (end > start) marks.set(mark.citation, { ...mark, start, end });
}
