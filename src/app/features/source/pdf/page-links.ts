import type { PDFPageProxy } from 'pdfjs-dist';
import { safeHref } from '../typeset/link-runs.ts';

/** A link of a PDF page to the web; lengths in CSS pixels at zoom 1. */
export type PageLink = { href: string; left: number; top: number; width: number; height: number };

const cssPixelsPerPoint = 96 / 72;

/** The web links of a page. What is no http, https or mailto address is left out. */
export async function readPageLinks(page: PDFPageProxy): Promise<PageLink[]> {
  const viewport = page.getViewport({ scale: cssPixelsPerPoint });
  const annotations = await page.getAnnotations({ intent: 'display' });
  return annotations.flatMap((annotation: { subtype?: string; url?: string; rect?: number[] }) => {
    const href = annotation.subtype === 'Link' && annotation.url ? safeHref(annotation.url) : undefined;
    if (!href || annotation.rect?.length !== 4) return [];
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = annotation.rect;
    const [ax = 0, ay = 0] = viewport.convertToViewportPoint(x0, y0);
    const [bx = 0, by = 0] = viewport.convertToViewportPoint(x1, y1);
    return [{ href, left: Math.min(ax, bx), top: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) }];
  });
}
