import type { PdfLine } from './pdf-lines.ts';
import { gapBefore, splitPdfLine } from './pdf-lines.ts';

export type PdfParagraphKind = 'paragraph' | 'list-item' | 'table-row';

/**
 * Lines that belong together. `ended` names the lines that end on purpose (in an address, a receipt, a verse).
 * `rowHeader` is the header row of the table it is a row of, `columns` the column of each of its cells there, from 0.
 */
export type PdfParagraph = { kind: PdfParagraphKind; lines: PdfLine[]; ended: Set<PdfLine>; rowHeader?: PdfParagraph; columns?: readonly number[] };

/** White space that parts the cells of a table, in ems. */
export const cellGapEms = 1.5;

const bullet = /^[•◦▪▫‣⁃●○■□➢✓]\s*\S|^[·∙*–—-]\s+\S/u;
const numbered = /^(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s/iu;
const sentenceEnd = /[.!?:;…。！？：；][\p{Pe}\p{Pf}"']*$/u;

function lineText(line: PdfLine): string {
  return line.runs.map((run, index) => (index > 0 && gapBefore(line, index) > 0.2 ? ' ' : '') + run.text).join('');
}

/** The usual distance of baselines in a region, in ems: the median over neighbours of one size. */
function usualLeading(lines: readonly PdfLine[]): number {
  const leadings: number[] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (before === undefined || Math.abs(before.size - line.size) > 0.1 * line.size) return;
    const leading = (before.y - line.y) / line.size;
    if (leading > 0.5 && leading < 2.5) leadings.push(leading);
  });
  leadings.sort((left, right) => left - right);
  return leadings[Math.floor(leadings.length / 2)] ?? 1.2;
}

type Region = { x0: number; x1: number; leading: number };

function startsItem(text: string, previous: string, previousShort: boolean, inList: boolean): boolean {
  if (bullet.test(text)) return true;
  return numbered.test(text) && (inList || previousShort || sentenceEnd.test(previous));
}

function isBreak(before: PdfLine, line: PdfLine, firstOfParagraph: boolean, region: Region): boolean {
  const drop = (before.y - line.y) / Math.max(before.size, line.size);
  if (drop < 0.2 || drop > Math.max(region.leading * 1.3, 1.1)) return true;
  if (Math.abs(before.size - line.size) > 0.12 * Math.max(before.size, line.size)) return true;
  const width = region.x1 - region.x0 || 1;
  const [start, end] = line.rtl ? [region.x1 - line.x1, before.x0 - region.x0] : [line.x0 - region.x0, region.x1 - before.x1];
  const beforeStart = before.rtl ? region.x1 - before.x1 : before.x0 - region.x0;
  const short = end > 0.2 * width;
  if (short && sentenceEnd.test(lineText(before))) return true;
  const indented = start > 0.7 * line.size && start < 6 * line.size && Math.abs(beforeStart) < 0.4 * line.size;
  if (indented && (short || sentenceEnd.test(lineText(before)))) return true;
  const runInHeading = firstOfParagraph && before.oneFont && line.oneFont && before.font !== line.font;
  return runInHeading && end > 0.3 * width;
}

/** A line ends on purpose when the next one's first word had room on it, by the right edge of the lines around. */
function endsOnPurpose(lines: readonly PdfLine[], index: number): boolean {
  const [line, next] = [lines[index], lines[index + 1]];
  if (line === undefined || next === undefined || line.rtl) return false;
  let edge = -Infinity;
  for (const near of lines.slice(Math.max(0, index - 4), index + 5)) {
    if (Math.abs(near.y - line.y) < 8 * line.size) edge = Math.max(edge, near.x1);
  }
  const text = lineText(next);
  const word = /^\S+/u.exec(text)?.[0].length ?? 0;
  const wordWidth = ((next.x1 - next.x0) * word) / Math.max(text.length, 1);
  return edge - line.x1 > wordWidth + 1.5 * line.size;
}

/** A table row has cells, and so has a line next to it; a lone line with wide gaps is a paragraph. */
function tableRows(lines: readonly PdfLine[], leading: number): boolean[] {
  const cells = lines.map((line) => splitPdfLine(line, cellGapEms).length);
  const near = (left: PdfLine | undefined, right: PdfLine | undefined): boolean =>
    left !== undefined && right !== undefined && Math.abs(left.y - right.y) < 2.5 * leading * Math.max(left.size, right.size);
  return lines.map((line, index) => {
    if ((cells[index] ?? 0) < 2) return false;
    const after = (cells[index + 1] ?? 0) > 1 && near(line, lines[index + 1]);
    return after || ((cells[index - 1] ?? 0) > 1 && near(lines[index - 1], line));
  });
}

/** Joins the lines of one region, which are in reading order, to paragraphs, list items and table rows. */
export function groupPdfParagraphs(lines: readonly PdfLine[]): PdfParagraph[] {
  const region: Region = { x0: Infinity, x1: -Infinity, leading: usualLeading(lines) };
  for (const line of lines) {
    region.x0 = Math.min(region.x0, line.x0);
    region.x1 = Math.max(region.x1, line.x1);
  }
  const rows = tableRows(lines, region.leading);
  const paragraphs: PdfParagraph[] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const last = paragraphs.at(-1);
    if (rows[index]) {
      paragraphs.push({ kind: 'table-row', lines: [line], ended: new Set() });
      return;
    }
    const [text, previous] = [lineText(line), before === undefined ? '' : lineText(before)];
    const previousShort = before === undefined || region.x1 - before.x1 > 0.2 * (region.x1 - region.x0);
    const item = startsItem(text, previous, previousShort, last?.kind === 'list-item');
    const begins = item || last === undefined || before === undefined || last.kind === 'table-row'
      || isBreak(before, line, last.lines.length === 1, region);
    if (begins) {
      paragraphs.push({ kind: item ? 'list-item' : 'paragraph', lines: [line], ended: new Set() });
    } else {
      if (endsOnPurpose(lines, index - 1)) last.ended.add(before);
      last.lines.push(line);
    }
  });
  return paragraphs;
}
