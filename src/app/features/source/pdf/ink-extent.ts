import type { PDFPageProxy } from 'pdfjs-dist';

/** From where to where a page has anything on it, in CSS pixels at zoom 1 from its left edge. */
export type Extent = { left: number; right: number };

const cssPixelsPerPoint = 96 / 72;
const thumbnailPx = 200;
/** Paper scanned or compressed is not quite white. */
const faintest = 240;

/** Finds the ink of a page, text and pictures alike, on a small picture of it; undefined where the page is blank. */
export async function inkExtent(page: PDFPageProxy): Promise<Extent | undefined> {
  const { width } = page.getViewport({ scale: cssPixelsPerPoint });
  const scale = thumbnailPx / width;
  const viewport = page.getViewport({ scale: cssPixelsPerPoint * scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.min(4 * thumbnailPx, Math.ceil(viewport.height));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  await page.render({ canvas, viewport }).promise;
  const columns = inkColumns(context.getImageData(0, 0, canvas.width, canvas.height));
  return columns && { left: columns.first / scale, right: Math.min(width, (columns.last + 1) / scale) };
}

/** The first and last column of a picture that hold a pixel darker than paper. */
export function inkColumns({ data, width }: Pick<ImageData, 'data' | 'width'>): { first: number; last: number } | undefined {
  let [first, last] = [width, -1];
  for (let at = 0; at < data.length; at += 4) {
    if (Math.min(data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255) > faintest) continue;
    const column = (at / 4) % width;
    if (column < first) first = column;
    if (column > last) last = column;
  }
  return last < 0 ? undefined : { first, last };
}
