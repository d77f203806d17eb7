/**
 * How a stretch of text is set. `syntax` is markup that stays in the text but is not seen (`**` in Markdown); `gap` is
 * white space between blocks, which collapses.
 */
export type TextStyle = {
  strong?: boolean;
  emphasis?: boolean;
  code?: boolean;
  strike?: boolean;
  href?: string;
  syntax?: boolean;
  gap?: boolean;
};

/** `start` and `end` are UTF-16 offsets into the document's text. */
export type StyledRun = { start: number; end: number; style: TextStyle };

export const plainStyle: TextStyle = {};

/** The parts of `runs` inside `start` to `end`; runs are in order. */
export function clipRuns(runs: readonly StyledRun[], start: number, end: number): StyledRun[] {
  const clipped: StyledRun[] = [];
  for (const run of runs) {
    const [from, to] = [Math.max(run.start, start), Math.min(run.end, end)];
    if (from < to) clipped.push(from === run.start && to === run.end ? run : { start: from, end: to, style: run.style });
  }
  return clipped;
}
