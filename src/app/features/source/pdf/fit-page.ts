import type { Extent } from './ink-extent.ts';
import type { PageSize } from './open-pdf.ts';

/** How a page is shown: its scale, the width of it that is seen, and how much of it lies left of that; both in CSS pixels on the screen. */
export type PlacedPage = { scale: number; widthPx: number; cutPx: number };

/** White left beside the ink, in CSS pixels at zoom 1. */
const marginPx = 14;
/** Margins that would leave less of the page than this are kept: a page with one word on it is no page of one word's width. */
const leastShare = 0.55;
/** Where so much of the page is used, nothing is gained by cutting its margins. */
const mostShare = 0.93;
/** Pages of stamp size are not blown up to the region's width. */
const largestFit = 3;

/** The width of a page that has to be seen, so that all that is on it is. Without an extent, the whole page. */
export function neededWidth(size: PageSize, extent: Extent | undefined): number {
  const needed = extent ? extent.right - extent.left + 2 * marginPx : size.width;
  return needed > mostShare * size.width ? size.width : Math.max(leastShare * size.width, needed);
}

/** The scale at which `fitWidth` of the paper fills a room, where 1 is the paper's real size. */
export function fitScale(roomPx: number, fitWidth: number): number {
  return Math.min(largestFit, roomPx / fitWidth);
}

/**
 * Fits a page into a room `roomPx` wide at the document's fit. Its margins are cut, never what is on it: a page that needs
 * more than the others is set smaller. `extent` is undefined until the page was read.
 */
export function fitPage(size: PageSize, extent: Extent | undefined, roomPx: number, fit: { width: number; of: number }): PlacedPage {
  const needed = extent ? neededWidth(size, extent) : Math.min(size.width, (fit.width * size.width) / fit.of);
  const scale = Math.min(fitScale(roomPx, fit.width), roomPx / needed);
  const widthPx = Math.min(roomPx, size.width * scale);
  const centre = extent ? (extent.left + extent.right) / 2 : size.width / 2;
  const cutPx = Math.min(size.width * scale - widthPx, Math.max(0, centre * scale - widthPx / 2));
  return { scale, widthPx, cutPx };
}
