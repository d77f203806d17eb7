import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { layoutPdfPage } from './layout-pdf-page.ts';
import type { PdfPageLayout, PdfTextItem } from './layout-pdf-page.ts';
import { findRunningHeads } from './find-running-heads.ts';
import { findPdfHeadings } from './pdf-headings.ts';
import { loadPdfJs } from './load-pdf-js.ts';
import type { PdfDocument } from './load-pdf-js.ts';
import type { ParseContext } from './parse-context.ts';
import { titleFromName } from './title-from-name.ts';

const pageSeparator = '\n\n';

/** Fewer letters and digits than this on a page with pictures are a stamp or a page number, not its text. */
const fewestCharacters = 3;

function hasText(layout: PdfPageLayout): boolean {
  return (layout.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= fewestCharacters;
}

async function layoutPages(pdf: PdfDocument, context: ParseContext): Promise<PdfPageLayout[]> {
  const layouts: PdfPageLayout[] = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const layout = layoutPdfPage(items as PdfTextItem[], { width: right - left, height: top - bottom });
    page.cleanup();
    layouts.push(layout);
    characters += layout.text.length;
    if (characters > context.limits.characters) throw new AppError('source/too-large', 'the document has too much text');
    await context.report(number, pdf.numPages);
  }
  return layouts;
}

/** Pages one after another; a page's text stands at its start exactly as laid out. */
function joinPages(layouts: readonly PdfPageLayout[]): { text: string; pageStarts: number[] } {
  const pageStarts: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const { text } of layouts) {
    if (text !== '' && length > 0) {
      pieces.push(pageSeparator);
      length += pageSeparator.length;
    }
    pageStarts.push(length);
    pieces.push(text);
    length += text.length;
  }
  return { text: pieces.join(''), pageStarts };
}

function toBlocks(layouts: readonly PdfPageLayout[], pageStarts: readonly number[]): Block[] {
  const headings = findPdfHeadings(layouts);
  const runningHeads = findRunningHeads(layouts);
  return layouts.flatMap(({ blocks }, index) => blocks.map((block): Block => {
    const offset = pageStarts[index] ?? 0;
    const level = headings.get(block);
    const anchor = { page: index + 1 };
    const place = { start: block.start + offset, end: block.end + offset, anchor };
    if (runningHeads.has(block)) return { kind: 'running-head', ...place };
    if (level !== undefined) return { kind: 'heading', level, ...place };
    return { kind: block.kind, ...(block.kind === 'list-item' && { level: 1 }), ...place, ...(block.header !== undefined && { header: block.header }) };
  }));
}

type Metadata = { title: string; language: string };

async function readMetadata(pdf: PdfDocument): Promise<Metadata> {
  try {
    const { info } = await pdf.getMetadata();
    const { Title, Language } = info;
    return { title: typeof Title === 'string' ? Title.trim() : '', language: typeof Language === 'string' ? Language.trim() : '' };
  } catch {
    // Broken metadata say nothing about the pages.
    return { title: '', language: '' };
  }
}

/** Titles that writing programs leave behind say less than the first heading. */
function isTelling(title: string): boolean {
  return title.length > 2 && !/^(?:untitled|\(?(?:anonymous|unspecified|unknown|none)\)?$|microsoft word\b|powerpoint|\S+\.(?:docx?|tex|dvi|indd|pptx?|xlsx?|rtf|odt|pdf|qxd|html?)$)/iu.test(title);
}

/**
 * A PDF, page by page: columns in reading order, lines joined to paragraphs, headings by size and face. Pages without
 * text, which are scans, are named in the coverage. Errors: `source/encrypted`, `source/no-text` when no page has text,
 * `source/corrupt`, `source/too-large`.
 */
export async function parsePdf(name: string, bytes: Uint8Array, context: ParseContext): Promise<ParsedDocument> {
  const { pdf, close } = await loadPdfJs(bytes, context.pdfAssets);
  try {
    const { pages } = context.limits;
    if (pdf.numPages > pages) throw new AppError('source/too-large', `it has ${pdf.numPages} pages`, { detail: { limitPages: pages } });
    const layouts = await layoutPages(pdf, context);
    const unreadPages = layouts.flatMap((layout, index) => (hasText(layout) ? [] : [index + 1]));
    if (unreadPages.length === layouts.length) {
      throw new AppError('source/no-text', 'no page has text: it is a scan', { detail: { pages: layouts.length } });
    }
    const { text, pageStarts } = joinPages(layouts);
    const blocks = toBlocks(layouts, pageStarts);
    const { title, language } = await readMetadata(pdf);
    const heading = blocks.find(({ kind, anchor }) => kind === 'heading' && (anchor?.page ?? 0) <= 2);
    const shown = heading === undefined ? '' : text.slice(heading.start, heading.end).replace(/\s+/gu, ' ').slice(0, 200);
    return {
      type: 'pdf',
      title: (isTelling(title) ? title : '') || shown || titleFromName(name),
      text,
      blocks,
      pageStarts,
      coverage: { pages: layouts.length, unreadPages },
      ...(language !== '' && { declaredLanguage: language }),
    };
  } finally {
    await close();
  }
}
