import type { PDFDocumentProxy } from 'pdfjs-dist';
import { neededWidth } from './fit-page.ts';
import { inkExtent } from './ink-extent.ts';
import type { PageSize } from './open-pdf.ts';

/** The width of the paper that is fitted into the region, and the width of a usual page; in CSS pixels at zoom 1. */
export type PdfFit = { width: number; of: number };

const patienceMs = 700;
const sampled = [0, 0.3, 0.5, 0.7] as const;

/** Measures the fit on pages from all over a document, and does not wait long for it: whole pages are right, only small. */
export async function measureFit(pdf: PDFDocumentProxy, sizes: readonly PageSize[]): Promise<PdfFit> {
  const usual = sizes[0] ?? { width: 1, height: 1 };
  const indexes = [...new Set(sampled.map((share) => Math.floor(share * pdf.numPages)))].filter((index) => sizes[index]?.width === usual.width);
  const widths = Promise.all(indexes.map(async (index) => {
    const extent = await pdf.getPage(index + 1).then(inkExtent);
    return extent && neededWidth(usual, extent);
  }));
  const late = new Promise<(number | undefined)[]>((resolve) => setTimeout(() => resolve([usual.width]), patienceMs));
  const measured: (number | undefined)[] = await Promise.race([widths, late]).catch(() => [usual.width]);
  const known = measured.filter((width) => width !== undefined);
  return { width: known.length > 0 ? Math.max(...known) : usual.width, of: usual.width };
}
