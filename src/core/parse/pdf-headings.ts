import type { PdfPageBlock, PdfPageLayout } from './layout-pdf-page.ts';

const largerBy = 1.12;
const deepestLevel = 4;
const longestHeading = 160;
const sentenceEnd = /[.,;:!?]$/u;

type Style = { fontSize: number; font: string };

const roundedSize = (size: number): number => Math.round(size * 2) / 2;

/** Size and face in which most characters of the document are set. */
function bodyStyle(layouts: readonly PdfPageLayout[]): Style {
  const [sizes, fonts] = [new Map<number, number>(), new Map<string, number>()];
  for (const { blocks } of layouts) {
    for (const { fontSize, font, start, end } of blocks) {
      const size = roundedSize(fontSize);
      sizes.set(size, (sizes.get(size) ?? 0) + end - start);
      if (font !== '') fonts.set(font, (fonts.get(font) ?? 0) + end - start);
    }
  }
  const most = <Key>(weights: Map<Key, number>, otherwise: Key): Key =>
    [...weights].reduce<[Key, number]>((best, one) => (one[1] > best[1] ? one : best), [otherwise, 0])[0];
  return { fontSize: most(sizes, 10), font: most(fonts, '') };
}

function mayHead(block: PdfPageBlock, text: string): boolean {
  if (text.split('\n', 3).length > 2) return false;
  return block.kind !== 'table-row' && text.length <= longestHeading && /\p{L}/u.test(text);
}

/** A line on its own in another face than the body's, of the body's size: the usual look of a minor heading. */
function isRunIn(block: PdfPageBlock, text: string, body: Style): boolean {
  return block.kind === 'paragraph' && block.lines === 1 && text.length <= 90 && block.font !== '' && block.font !== body.font
    && block.fontSize >= body.fontSize * 0.98 && !sentenceEnd.test(text) && /^[\p{Lu}\p{N}\p{Lo}]/u.test(text);
}

/**
 * Which blocks of a PDF are headings, with their levels: those set larger than the body, by falling size, then single
 * lines in a face of their own.
 */
export function findPdfHeadings(layouts: readonly PdfPageLayout[]): Map<PdfPageBlock, number> {
  const body = bodyStyle(layouts);
  const larger: PdfPageBlock[] = [];
  const runIn: PdfPageBlock[] = [];
  for (const { text, blocks } of layouts) {
    for (const block of blocks) {
      const content = text.slice(block.start, block.end);
      if (!mayHead(block, content)) continue;
      if (block.fontSize >= body.fontSize * largerBy) larger.push(block);
      else if (isRunIn(block, content, body)) runIn.push(block);
    }
  }
  const sizes = [...new Set(larger.map(({ fontSize }) => roundedSize(fontSize)))].sort((left, right) => right - left);
  const levelOf = (size: number): number => Math.min(deepestLevel, sizes.indexOf(roundedSize(size)) + 1);
  const headings = new Map<PdfPageBlock, number>();
  for (const block of larger) headings.set(block, levelOf(block.fontSize));
  for (const block of runIn) headings.set(block, Math.min(deepestLevel, sizes.length) + 1);
  return headings;
}
