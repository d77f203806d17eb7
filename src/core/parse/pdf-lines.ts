import type { PdfRun } from './pdf-run.ts';

/** Runs on one baseline in reading order. `size` and `font` are those of most of its characters. */
export type PdfLine = { runs: PdfRun[]; x0: number; x1: number; y: number; size: number; font: string; oneFont: boolean; rtl: boolean };

/** The entry of `weights` that weighs most; the first of equals. */
function heaviest<Key>(weights: Map<Key, number>): Key | undefined {
  let best: Key | undefined;
  let bestWeight = -1;
  for (const [key, weight] of weights) {
    if (weight > bestWeight) [best, bestWeight] = [key, weight];
  }
  return best;
}

function weigh<Key>(runs: readonly PdfRun[], keyOf: (run: PdfRun) => Key): Map<Key, number> {
  const weights = new Map<Key, number>();
  for (const run of runs) weights.set(keyOf(run), (weights.get(keyOf(run)) ?? 0) + run.text.length);
  return weights;
}

/** Runs of the line's other direction stand in reversed order between those of its own; this turns them back. */
function reverseEmbedded(runs: PdfRun[], rtl: boolean): PdfRun[] {
  const ordered: PdfRun[] = [];
  let embedded: PdfRun[] = [];
  for (const run of runs) {
    if (run.rtl !== rtl) {
      embedded.unshift(run);
    } else {
      ordered.push(...embedded, run);
      embedded = [];
    }
  }
  return [...ordered, ...embedded];
}

/** Left and right end of runs. */
export function runExtent(runs: readonly PdfRun[]): { x0: number; x1: number } {
  let [x0, x1] = [Infinity, -Infinity];
  for (const run of runs) [x0, x1] = [Math.min(x0, run.x), Math.max(x1, run.x + run.width)];
  return { x0, x1 };
}

function toLine(runs: PdfRun[]): PdfLine {
  const rtl = heaviest(weigh(runs, (run) => run.rtl)) ?? false;
  const sorted = [...runs].sort((left, right) => (rtl ? right.x + right.width - left.x - left.width : left.x - right.x));
  const fonts = weigh(runs, (run) => run.font);
  const size = heaviest(weigh(runs, (run) => Math.round(run.size * 10) / 10)) ?? 1;
  const main = runs.find((run) => Math.abs(run.size - size) < 0.1) ?? runs[0];
  return {
    runs: reverseEmbedded(sorted, rtl),
    ...runExtent(runs),
    y: main?.y ?? 0,
    size,
    font: heaviest(fonts) ?? '',
    oneFont: fonts.size === 1,
    rtl,
  };
}

/** How far two baselines may lie apart on one line: enough for a superscript, too little for the lines beside a drop cap. */
function reach(size: number, other: number): number {
  const [small, big] = size < other ? [size, other] : [other, size];
  return big > 2 * small ? 0.5 * small : 0.45 * big;
}

/** Groups runs into lines by baseline, top to bottom. */
export function groupPdfLines(runs: readonly PdfRun[]): PdfLine[] {
  const lines: PdfRun[][] = [];
  let current: PdfRun[] = [];
  let anchor: PdfRun | undefined;
  for (const run of [...runs].sort((left, right) => right.y - left.y || left.x - right.x)) {
    if (anchor !== undefined && anchor.y - run.y <= reach(anchor.size, run.size)) {
      current.push(run);
      // A superscript comes first; the text it belongs to sets the line.
      if (run.size > anchor.size * 1.2) anchor = run;
    } else {
      current = [run];
      anchor = run;
      lines.push(current);
    }
  }
  return lines.map(toLine);
}

/** White space before a run of a line, in ems of the larger of the two neighbours. */
export function gapBefore(line: PdfLine, index: number): number {
  const [before, run] = [line.runs[index - 1], line.runs[index]];
  if (before === undefined || run === undefined) return 0;
  const gap = before.rtl && run.rtl ? before.x - run.x - run.width : run.x - before.x - before.width;
  return gap / Math.max(before.size, run.size, 1e-6);
}

/** Splits a line where white space of more than `gapEms` stands. */
export function splitPdfLine(line: PdfLine, gapEms: number): PdfRun[][] {
  const cells: PdfRun[][] = [];
  line.runs.forEach((run, index) => {
    const cell = cells.at(-1);
    if (cell === undefined || Math.abs(gapBefore(line, index)) > gapEms) cells.push([run]);
    else cell.push(run);
  });
  return cells;
}
