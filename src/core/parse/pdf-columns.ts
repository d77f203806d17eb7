import { groupPdfLines, runExtent, splitPdfLine } from './pdf-lines.ts';
import type { PdfRun } from './pdf-run.ts';

/** A piece of a line without wide gaps: the unit that either crosses a gutter or lies on one side of it. */
type Fragment = { runs: PdfRun[]; x0: number; x1: number; y: number; size: number; characters: number };

type Side = 'left' | 'right' | 'crossing';

const bins = 240;
const deepest = 4;
const fewestLines = 3;
const fragmentGapEms = 0.7;

function toFragment(runs: PdfRun[]): Fragment {
  let [y, size, characters] = [-Infinity, 0, 0];
  for (const run of runs) [y, size, characters] = [Math.max(y, run.y), Math.max(size, run.size), characters + run.text.length];
  return { runs, ...runExtent(runs), y, size, characters };
}

function extent(fragments: readonly Fragment[]): { x0: number; x1: number } {
  let [x0, x1] = [Infinity, -Infinity];
  for (const fragment of fragments) [x0, x1] = [Math.min(x0, fragment.x0), Math.max(x1, fragment.x1)];
  return { x0, x1 };
}

/** How much text height covers each of `bins` equal strips of the region. */
function coverProfile(fragments: readonly Fragment[], x0: number, width: number): Float64Array {
  const steps = new Float64Array(bins + 1);
  for (const fragment of fragments) {
    const first = Math.max(0, Math.floor(((fragment.x0 - x0) / width) * bins));
    const last = Math.min(bins, Math.ceil(((fragment.x1 - x0) / width) * bins));
    steps[first] = (steps[first] ?? 0) + fragment.size;
    steps[last] = (steps[last] ?? 0) - fragment.size;
  }
  for (let bin = 1; bin <= bins; bin += 1) steps[bin] = (steps[bin] ?? 0) + (steps[bin - 1] ?? 0);
  return steps.subarray(0, bins);
}

/** Middles of the runs of strips that little text covers, the emptiest first. */
function gutterCandidates(fragments: readonly Fragment[]): number[] {
  const { x0, x1 } = extent(fragments);
  const width = x1 - x0;
  if (!(width > 0)) return [];
  const cover = coverProfile(fragments, x0, width);
  const limit = Math.max(...cover) * 0.45;
  const candidates: { x: number; cover: number; strips: number }[] = [];
  for (let bin = Math.floor(bins * 0.12); bin < bins * 0.88; bin += 1) {
    const low = cover[bin] ?? 0;
    if (low > limit || (cover[bin - 1] ?? 0) === low) continue;
    let end = bin;
    while (end + 1 < bins && (cover[end + 1] ?? 0) === low) end += 1;
    candidates.push({ x: x0 + ((bin + end + 1) / 2 / bins) * width, cover: low, strips: end - bin + 1 });
  }
  return candidates
    .sort((left, right) => left.cover - right.cover || right.strips - left.strips)
    .slice(0, 6)
    .map(({ x }) => x);
}

function sideOf(fragment: Fragment, gutter: number): Side {
  if (fragment.x1 <= gutter) return 'left';
  return fragment.x0 >= gutter ? 'right' : 'crossing';
}

/** Running text fills its column; cells of a table do not. */
function isProse(fragments: readonly Fragment[]): boolean {
  const lines = groupPdfLines(fragments.flatMap((fragment) => fragment.runs));
  if (lines.length < fewestLines) return false;
  const { x0, x1 } = extent(fragments);
  const fill = lines.reduce((sum, line) => sum + (line.x1 - line.x0) / (x1 - x0 || 1), 0) / lines.length;
  const characters = fragments.reduce((sum, fragment) => sum + fragment.characters, 0) / lines.length;
  return fill >= 0.6 && characters >= 15;
}

type Band = { columns: boolean; fragments: Fragment[] };

/** Cuts a region at the lines that cross the gutter; bands between them are columns where both sides are running text. */
function bandsAt(fragments: readonly Fragment[], gutter: number): { bands: Band[]; lines: number } {
  const bands: Band[] = [];
  let lines = 0;
  const close = (band: Fragment[]): void => {
    if (band.length === 0) return;
    const columns = isProse(band.filter((one) => sideOf(one, gutter) === 'left'))
      && isProse(band.filter((one) => sideOf(one, gutter) === 'right'));
    if (columns) lines += band.length;
    const last = bands.at(-1);
    if (!columns && last !== undefined && !last.columns) last.fragments = last.fragments.concat(band);
    else bands.push({ columns, fragments: band });
  };
  let open: Fragment[] = [];
  let openCrosses = false;
  for (const fragment of [...fragments].sort((left, right) => right.y - left.y)) {
    const crosses = sideOf(fragment, gutter) === 'crossing';
    if (crosses !== openCrosses) {
      close(open);
      open = [];
    }
    openCrosses = crosses;
    open.push(fragment);
  }
  close(open);
  return { bands, lines };
}

function splitRegion(fragments: Fragment[], depth: number): Fragment[][] {
  if (depth >= deepest || fragments.length < 2 * fewestLines) return [fragments];
  let best: { gutter: number; bands: Band[]; lines: number } | undefined;
  for (const gutter of gutterCandidates(fragments)) {
    const { bands, lines } = bandsAt(fragments, gutter);
    if (lines > (best?.lines ?? 0)) best = { gutter, bands, lines };
  }
  if (best === undefined) return [fragments];
  const { gutter, bands } = best;
  return bands.flatMap((band) => {
    if (!band.columns) return [band.fragments];
    const sides = [
      band.fragments.filter((one) => sideOf(one, gutter) === 'left'),
      band.fragments.filter((one) => sideOf(one, gutter) === 'right'),
    ];
    const rtl = band.fragments.filter((one) => one.runs[0]?.rtl).length > band.fragments.length / 2;
    return (rtl ? sides.reverse() : sides).flatMap((side) => splitRegion(side, depth + 1));
  });
}

/**
 * Cuts the runs of a page into regions in reading order: a column of running text, or a stretch over the page's width.
 * It looks for the vertical strip that most lines on both sides leave free (the projection cut of Nagy and Seth 1984,
 * with the lines that cross the strip as borders), again within each column.
 */
export function splitPdfColumns(runs: readonly PdfRun[]): PdfRun[][] {
  const fragments = groupPdfLines(runs).flatMap((line) => splitPdfLine(line, fragmentGapEms)).map(toFragment);
  return splitRegion(fragments, 0).map((region) => region.flatMap((fragment) => fragment.runs));
}
