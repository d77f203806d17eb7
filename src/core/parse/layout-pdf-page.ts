import { splitPdfColumns } from './pdf-columns.ts';
import { gapBefore, groupPdfLines } from './pdf-lines.ts';
import type { PdfLine } from './pdf-lines.ts';
import { cellGapEms, groupPdfParagraphs } from './pdf-paragraphs.ts';
import type { PdfParagraph, PdfParagraphKind } from './pdf-paragraphs.ts';
import { namePdfHeaders } from './pdf-table-header.ts';
import { readPdfRuns } from './pdf-run.ts';
import type { PdfRun, PdfTextItem } from './pdf-run.ts';

export type { PdfTextItem } from './pdf-run.ts';

/**
 * What an item contributes to the page's text: `text.slice(start, end)` is the stretch of its `str` that begins at
 * offset `from`, with white space and unprintable characters as blanks. A hyphen taken away at a line's end is not part of it.
 */
export type PdfPiece = { item: number; start: number; end: number; from: number };

/** A block of a page. `fontSize` is in points; `font` is the loaded name shared by all its characters, else empty. */
export type PdfPageBlock = {
  kind: PdfParagraphKind;
  start: number;
  end: number;
  fontSize: number;
  font: string;
  lines: number;
  header?: string;
};

export type PdfPageLayout = { text: string; pieces: PdfPiece[]; blocks: PdfPageBlock[] };

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
const wordHyphenAtEnd = /\p{L}[-\u2010\u00ad]$/u;
const lastWord = /[\p{L}\p{M}]+$/u;
const firstWord = /^[\p{L}\p{M}]+/u;

/** Compounds that the page writes with a hyphen within a line: their hyphen is kept where a line breaks at it. */
function hyphenated(runs: readonly PdfRun[]): Set<string> {
  const words = new Set<string>();
  for (const run of runs) {
    for (const [word] of run.text.matchAll(/\p{L}+[-\u2010]\p{L}+/gu)) words.add(word.toLowerCase().replace('\u2010', '-'));
  }
  return words;
}

/** Writes the page's text and keeps which item each stretch came from. */
class PageWriter {
  length = 0;
  readonly pieces: PdfPiece[] = [];
  private readonly chunks: string[] = [];
  /** The last characters written: enough to see how a line ends without looking at the page again. */
  private tail = '';
  private readonly compounds: Set<string>;

  constructor(compounds: Set<string>) {
    this.compounds = compounds;
  }

  get text(): string {
    return this.chunks.join('');
  }

  separate(separator: string): void {
    if (this.length > 0) this.write(separator);
  }

  private write(text: string): void {
    this.chunks.push(text);
    this.length += text.length;
    this.tail = (this.tail + text).slice(-80);
  }

  /** `columns`: those of the line's cells, where it is a row of a table. A tab stands for each column between two cells. */
  line(line: PdfLine, columns: readonly number[] = []): void {
    let cell = 0;
    this.write('\t'.repeat(columns[0] ?? 0));
    line.runs.forEach((run, index) => {
      if (index > 0) {
        const between = this.between(line, index);
        if (between === '\t') cell += 1;
        this.write(between === '\t' ? '\t'.repeat((columns[cell] ?? cell) - (columns[cell - 1] ?? cell - 1)) : between);
      }
      const start = this.length;
      this.write(run.text);
      this.pieces.push({ item: run.item, start, end: this.length, from: run.from });
    });
  }

  /** The tabs of the empty cells at a row's end. */
  endRow({ columns, rowHeader }: PdfParagraph): void {
    const missing = (rowHeader?.columns?.at(-1) ?? 0) - (columns?.at(-1) ?? 0);
    if (rowHeader !== undefined && missing > 0) this.write('\t'.repeat(missing));
  }

  private between(line: PdfLine, index: number): string {
    const gap = gapBefore(line, index);
    if (Math.abs(gap) > cellGapEms) return '\t';
    return gap > 0.2 || line.runs[index]?.spaceBefore ? ' ' : '';
  }

  /** Joins the next line of a paragraph: a word parted at the line's end becomes whole again. */
  join(next: PdfLine, onPurpose: boolean): void {
    const following = next.runs[0]?.text ?? '';
    if (wordHyphenAtEnd.test(this.tail) && /^\p{Ll}/u.test(following)) {
      if (!this.keepsHyphen(following)) this.dropHyphen();
      return;
    }
    if (cjk.test(this.tail.at(-1) ?? '') && cjk.test(following[0] ?? '')) return;
    this.write(onPurpose ? '\n' : ' ');
  }

  private keepsHyphen(following: string): boolean {
    if (this.tail.endsWith('\u00ad')) return false;
    const before = lastWord.exec(this.tail.slice(0, -1))?.[0] ?? '';
    const after = firstWord.exec(following)?.[0] ?? '';
    return this.compounds.has(`${before}-${after}`.toLowerCase());
  }

  private dropHyphen(): void {
    // The hyphen is the last character of the last run written.
    this.chunks.push((this.chunks.pop() ?? '').slice(0, -1));
    this.length -= 1;
    this.tail = this.tail.slice(0, -1);
    const piece = this.pieces.at(-1);
    if (piece === undefined) return;
    piece.end -= 1;
    if (piece.end === piece.start) this.pieces.pop();
  }
}

function separatorBefore(paragraph: PdfParagraph, before: PdfParagraph | undefined): string {
  const sameRun = before !== undefined && before.kind === paragraph.kind && paragraph.kind !== 'paragraph';
  return sameRun ? '\n' : '\n\n';
}

function writeParagraph(writer: PageWriter, paragraph: PdfParagraph): PdfPageBlock {
  const start = writer.length;
  paragraph.lines.forEach((line, index) => {
    const before = paragraph.lines[index - 1];
    if (before !== undefined) writer.join(line, paragraph.ended.has(before));
    writer.line(line, paragraph.columns);
  });
  writer.endRow(paragraph);
  const font = paragraph.lines[0]?.font ?? '';
  return {
    kind: paragraph.kind,
    start,
    end: writer.length,
    fontSize: Math.max(...paragraph.lines.slice(0, 100).map((line) => line.size)),
    font: paragraph.lines.every((line) => line.oneFont && line.font === font) ? font : '',
    lines: paragraph.lines.length,
  };
}

/**
 * Sets the text of one PDF page in reading order: columns one after the other, lines joined to paragraphs, words parted
 * at a line's end made whole, cells of a table row parted by tabs. Pure and deterministic, so that a reader and a viewer
 * that pass the same items get the same text. Blocks and pieces are in order; between blocks lie only line breaks.
 */
export function layoutPdfPage(items: readonly PdfTextItem[], _page: { width: number; height: number }): PdfPageLayout {
  const groups = readPdfRuns(items);
  const writer = new PageWriter(hyphenated(groups.flatMap(({ runs }) => runs)));
  const blocks: PdfPageBlock[] = [];
  const headed: [row: PdfPageBlock, header: PdfPageBlock][] = [];
  for (const { runs } of groups) {
    for (const region of splitPdfColumns(runs)) {
      const written = new Map<PdfParagraph, PdfPageBlock>();
      let before: PdfParagraph | undefined;
      const paragraphs = groupPdfParagraphs(groupPdfLines(region));
      namePdfHeaders(paragraphs);
      for (const paragraph of paragraphs) {
        writer.separate(separatorBefore(paragraph, before));
        const block = writeParagraph(writer, paragraph);
        const header = paragraph.rowHeader && written.get(paragraph.rowHeader);
        if (header !== undefined) headed.push([block, header]);
        written.set(paragraph, block);
        blocks.push(block);
        before = paragraph;
      }
    }
  }
  const { text, pieces } = writer;
  for (const [row, header] of headed) row.header = text.slice(header.start, header.end);
  return { text, pieces, blocks };
}
