import { AppError } from '../errors/app-error.ts';

/** The part of pdf.js that reading needs; its own types are written for pages with a DOM. */
export type PdfPage = {
  readonly view: number[];
  getTextContent(): Promise<{ items: unknown[] }>;
  cleanup(): void;
};
export type PdfDocument = {
  readonly numPages: number;
  getPage(number: number): Promise<PdfPage>;
  getMetadata(): Promise<{ info: Record<string, unknown> }>;
};
type LoadingTask = { promise: Promise<PdfDocument>; destroy(): Promise<void>; onPassword?: unknown };
type PdfJs = { getDocument: (parameters: Record<string, unknown>) => LoadingTask; VerbosityLevel: { ERRORS: number } };

let library: Promise<PdfJs> | undefined;

/**
 * The worker half of pdf.js. In a worker that has no `window` it would take that worker's messages for its own and post
 * some to whoever started it; a `window` that stands while the module is evaluated keeps it from that.
 */
async function loadWorkerHalf(): Promise<unknown> {
  const realm = globalThis as { window?: unknown; onmessage?: unknown };
  const inWorker = 'onmessage' in realm && !('window' in realm);
  if (inWorker) realm.window = globalThis;
  try {
    // @ts-expect-error pdf.js has no types for its worker half, and none are needed.
    return (await import('pdfjs-dist/legacy/build/pdf.worker.mjs')) as unknown;
  } finally {
    if (inWorker) delete realm.window;
  }
}

/** pdf.js in this thread: its worker half is loaded beside it, so that no further worker, and no address of one, is needed. */
async function load(): Promise<PdfJs> {
  const worker = await loadWorkerHalf();
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;
  return (await import('pdfjs-dist/legacy/build/pdf.mjs')) as unknown as PdfJs;
}

function toSourceError(thrown: unknown): AppError {
  const { name, message } = (thrown ?? {}) as { name?: string; message?: string };
  if (name === 'PasswordException') return new AppError('source/encrypted', 'the PDF is protected by a password', { cause: thrown });
  return new AppError('source/corrupt', `the PDF cannot be read: ${message ?? String(thrown)}`, { cause: thrown });
}

/**
 * Opens a PDF. Scripts, forms and fonts of the document are not run (CVE-2024-4367); nothing is fetched but, from
 * `assets`, the character maps and standard fonts of pdf.js. `close` frees it. Errors: `source/encrypted`, `source/corrupt`.
 */
export async function loadPdfJs(bytes: Uint8Array, assets?: string): Promise<{ pdf: PdfDocument; close: () => Promise<void> }> {
  const { getDocument, VerbosityLevel } = await (library ??= load());
  const task = getDocument({
    // pdf.js takes the bytes for its own; the caller keeps the original.
    data: bytes.slice(),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    disableAutoFetch: true,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
    ...(assets !== undefined && { cMapUrl: `${assets}cmaps/`, cMapPacked: true, standardFontDataUrl: `${assets}standard_fonts/` }),
  });
  try {
    return { pdf: await task.promise, close: () => task.destroy() };
  } catch (thrown) {
    await task.destroy().catch(() => undefined);
    throw toSourceError(thrown);
  }
}
