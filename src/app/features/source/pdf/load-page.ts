import type { PDFPageProxy } from 'pdfjs-dist';
import type { SourceText } from '#core/engine/engine-api.ts';
import type { PdfTextItem } from '#core/parse/layout-pdf-page.ts';
import { inkExtent, type Extent } from './ink-extent.ts';
import type { OpenPdf } from './open-pdf.ts';
import { readPageLinks, type PageLink } from './page-links.ts';
import { placePieces, type PlacedPiece } from './text-layer-pieces.ts';

/**
 * A page's text in place. `pieces` is undefined where what the source was read as does not fit the page; `extent` is where
 * its ink is, the whole page where that is not known.
 */
export type LoadedPage = { page: PDFPageProxy; pieces: PlacedPiece[] | undefined; links: PageLink[]; extent: Extent };

const cssPixelsPerPoint = 96 / 72;

/** The part of the document's text that page `number` (from 1) holds, with the white space up to the next page. */
export function pageRange(source: Pick<SourceText, 'text' | 'pageStarts'>, number: number): { start: number; end: number } {
  const starts = source.pageStarts ?? [];
  const start = number === 1 ? 0 : (starts[number - 1] ?? source.text.length);
  return { start, end: starts[number] ?? source.text.length };
}

/** Reads a page's text and links. */
export async function loadPage(pdf: OpenPdf, source: SourceText, number: number): Promise<LoadedPage> {
  const page = await pdf.page(number);
  const viewport = page.getViewport({ scale: cssPixelsPerPoint });
  const [content, links, extent] = await Promise.all([page.getTextContent(), readPageLinks(page).catch(() => []), inkExtent(page).catch(() => undefined)]);
  const items = content.items as PdfTextItem[];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
  const pieces = placePieces(source.text, pageRange(source, number), { items, styles: content.styles }, {
    width: x1 - x0, height: y1 - y0, transform: viewport.transform,
  });
  return { page, pieces, links, extent: extent ?? { left: 0, right: viewport.width } };
}
