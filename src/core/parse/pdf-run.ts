/** One text item of `page.getTextContent()` of pdf.js with its default options. Items without `str` are ignored. */
export type PdfTextItem = {
  str: string;
  dir: string;
  transform: readonly number[];
  width: number;
  height: number;
  fontName: string;
  hasEOL: boolean;
};

/**
 * A text item made upright: `x` and `y` are the left end of its baseline in a frame in which its line runs left to right
 * and `y` grows upward. `text` is `str` without outer white space; it begins at offset `from` of `str`.
 */
export type PdfRun = {
  item: number;
  text: string;
  from: number;
  x: number;
  y: number;
  width: number;
  size: number;
  rtl: boolean;
  font: string;
  spaceBefore: boolean;
};

/** The runs of one writing direction (0, 90, 180 or 270 degrees anticlockwise). */
export type PdfRunGroup = { angle: number; runs: PdfRun[] };

// Every replacement keeps the length, so that offsets in a run are offsets in its item.
const unprintable = /[\s\p{Cc}\ufeff\ufffe\uffff]/gu;
const loneSurrogate = /\p{Surrogate}/gu;

function clean(str: string): string {
  return str.replace(unprintable, ' ').replace(loneSurrogate, '\ufffd');
}

const finite = (value: number | undefined): number => (Number.isFinite(value) ? (value as number) : 0);

function toUpright(x: number, y: number, angle: number): [number, number] {
  if (angle === 90) return [y, -x];
  if (angle === 180) return [-x, -y];
  if (angle === 270) return [-y, x];
  return [x, y];
}

function toRun(item: PdfTextItem, index: number, text: string): PdfRun & { angle: number } {
  const [a, b, c, d, e, f] = item.transform.map(finite);
  const size = Math.hypot(c ?? 0, d ?? 0) || Math.hypot(a ?? 0, b ?? 0) || 1;
  const angle = (Math.round(Math.atan2(b ?? 0, a ?? 0) / (Math.PI / 2)) * 90 + 360) % 360;
  const [x, y] = toUpright(e ?? 0, f ?? 0, angle);
  const trimmed = text.trim();
  const width = Math.abs(finite(item.width));
  const rtl = item.dir === 'rtl';
  return {
    item: index, text: trimmed, from: text.length - text.trimStart().length,
    x, y, width, size, rtl, font: item.fontName, spaceBefore: text.startsWith(' '), angle,
  };
}

/** Text printed twice in one place (a fake bold, a shadow) is read once. */
function isRepeat(run: PdfRun, seen: Map<string, PdfRun>): boolean {
  const before = seen.get(run.text);
  seen.set(run.text, run);
  return before !== undefined && Math.abs(before.x - run.x) < run.size * 0.15 && Math.abs(before.y - run.y) < run.size * 0.15;
}

/** The printable items of a page by writing direction, the one with most text first; within each in stream order. */
export function readPdfRuns(items: readonly PdfTextItem[]): PdfRunGroup[] {
  const groups = new Map<number, { runs: PdfRun[]; characters: number; seen: Map<string, PdfRun> }>();
  let spacePending = false;
  items.forEach((item, index) => {
    if (typeof item.str !== 'string') return;
    const text = clean(item.str);
    if (text.trim() === '') {
      spacePending ||= text !== '';
      return;
    }
    const { angle, ...run } = toRun(item, index, text);
    run.spaceBefore ||= spacePending;
    spacePending = text.endsWith(' ');
    const group = groups.get(angle) ?? { runs: [], characters: 0, seen: new Map<string, PdfRun>() };
    groups.set(angle, group);
    if (isRepeat(run, group.seen)) return;
    group.runs.push(run);
    group.characters += run.text.length;
  });
  return [...groups]
    .sort(([, left], [, right]) => right.characters - left.characters)
    .map(([angle, { runs }]) => ({ angle, runs }));
}
