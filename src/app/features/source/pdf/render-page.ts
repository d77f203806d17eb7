import type { PDFPageProxy, RenderTask } from 'pdfjs-dist';

const mostPixels = 16_777_216;
const cssPixelsPerPoint = 96 / 72;

/** A page being drawn; `cancel` may come at any time. `done` is true when the picture is whole. */
export type PageRendering = { canvas: HTMLCanvasElement; done: Promise<boolean>; cancel: () => void };

/** Draws a page on a canvas of its own at `zoom` and the screen's pixel ratio, within the size that browsers allow. */
export function renderPage(page: PDFPageProxy, zoom: number): PageRendering {
  const plain = page.getViewport({ scale: cssPixelsPerPoint * zoom });
  const wanted = globalThis.devicePixelRatio || 1;
  const ratio = Math.min(wanted, Math.sqrt(mostPixels / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale: cssPixelsPerPoint * zoom * ratio });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const task: RenderTask = page.render({ canvas, viewport });
  const done = task.promise.then(() => true, () => false);
  return { canvas, done, cancel: () => task.cancel() };
}
