import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { measureFit, type PdfFit } from './measure-fit.ts';
// oxlint-disable-next-line import/default -- the bundler makes this module: the address of the copied file
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** Size of a page in CSS pixels at zoom 1. */
export type PageSize = { width: number; height: number };

/** A PDF opened for showing. Pages are numbered from 1; `close` ends its worker and every page of it. */
export type OpenPdf = {
  readonly document: PDFDocumentProxy;
  /** One size a page, as far as known; pages not measured yet have the first page's. */
  readonly sizes: readonly PageSize[];
  readonly fit: PdfFit;
  page(number: number): Promise<PDFPageProxy>;
  /** Measures the remaining pages, and tells after each batch that sizes have changed. */
  measureRest(onMeasured: (sizes: PageSize[]) => void): Promise<void>;
  close(): Promise<void>;
};

const cssPixelsPerPoint = 96 / 72;
const batch = 100;

/**
 * Opens a PDF with pdf.js, which is loaded now. Nothing is fetched but pdf.js's own files from this origin; scripts and
 * forms of the document stay dead. Rejects with pdf.js's error where the bytes are no readable PDF.
 */
export async function openPdf(original: Blob): Promise<OpenPdf> {
  const pdfjs = await import('pdfjs-dist');
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
  const base = new URL('/pdfjs/', location.origin).href;
  const task = pdfjs.getDocument({
    data: new Uint8Array(await original.arrayBuffer()),
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    cMapUrl: `${base}cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${base}standard_fonts/`,
    wasmUrl: `${base}wasm/`,
    // Also keeps ICC profiles off: pdf.js 5.6 leaves images blank whose grey profile its WASM module cannot read.
    useWorkerFetch: false,
    verbosity: 0,
  });
  try {
    const pdf = await task.promise;
    const sizes = await firstSizes(pdf);
    return {
      document: pdf,
      sizes,
      fit: await measureFit(pdf, sizes),
      page: (number) => pdf.getPage(number),
      measureRest: (onMeasured) => measureRest(pdf, sizes, onMeasured),
      close: () => task.destroy(),
    };
  } catch (error) {
    await destroyQuietly(task);
    throw error;
  }
}

async function destroyQuietly(task: PDFDocumentLoadingTask): Promise<void> {
  await task.destroy().catch(() => undefined);
}

function sizeOf(page: PDFPageProxy): PageSize {
  const { width, height } = page.getViewport({ scale: cssPixelsPerPoint });
  return { width, height };
}

async function firstSizes(pdf: PDFDocumentProxy): Promise<PageSize[]> {
  const measured = await measure(pdf, 1, Math.min(batch, pdf.numPages));
  const usual = measured[0] ?? { width: 816, height: 1056 };
  return Array.from({ length: pdf.numPages }, (_, index) => measured[index] ?? usual);
}

/** A page that cannot be read has no size of its own. */
function measure(pdf: PDFDocumentProxy, from: number, to: number): Promise<(PageSize | undefined)[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return Promise.all(numbers.map((number) => pdf.getPage(number).then(sizeOf, () => undefined)));
}

async function measureRest(pdf: PDFDocumentProxy, first: PageSize[], onMeasured: (sizes: PageSize[]) => void): Promise<void> {
  let sizes = first;
  for (let from = batch + 1; from <= pdf.numPages; from += batch) {
    const measured = await measure(pdf, from, Math.min(from + batch - 1, pdf.numPages));
    sizes = sizes.map((size, index) => measured[index - from + 1] ?? size);
    onMeasured(sizes);
  }
}
