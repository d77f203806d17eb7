import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import type { ParsedDocument } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { DocumentBuilder } from './document-builder.ts';
import { formulasToText } from './docx-math.ts';
import { coreProperties, mainPart, readPartText } from './office-package.ts';
import type { ParseContext } from './parse-context.ts';
import { addHtmlBlocks } from './parse-html.ts';
import type { HtmlBlock } from './html-table.ts';
import { readHtml } from './read-html.ts';
import { readXml } from './read-xml.ts';
import { openArchive } from './safe-unzip.ts';
import type { Archive } from './safe-unzip.ts';
import { titleFromName } from './title-from-name.ts';

const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='caption'] => figcaption:fresh",
  "p[style-name='Caption'] => figcaption:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  'comment-reference => sup',
];

const isText = (name: string): boolean => /\.(?:xml|rels)$/iu.test(name);

/** A heading names a document only where the document opens with it; a later one names a part. */
function openingHeading(blocks: readonly HtmlBlock[]): string | undefined {
  const opening = blocks.find(({ text }) => text.trim() !== '');
  return opening?.kind === 'heading' ? opening.text : undefined;
}

/**
 * The package again, without compression and without anything but its XML, each part of which is well formed, flat enough
 * and as large as it says: mammoth unpacks without limits of its own, and follows what a document refers to.
 */
function checkedPackage(archive: Archive, main: string, context: ParseContext): Uint8Array<ArrayBuffer> {
  const parts: Record<string, Uint8Array> = {};
  for (const name of archive.names.filter(isText)) {
    context.checkpoint();
    const xml = readPartText(archive, name) ?? '';
    readXml(xml, context.limits.depth, {});
    parts[name] = new TextEncoder().encode(name === main ? formulasToText(xml) : xml);
  }
  return zipSync(parts, { level: 0 });
}

async function toHtml(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Node reads `buffer`, browsers `arrayBuffer`.
  const input = { buffer: bytes, arrayBuffer: bytes.buffer };
  const noImage = mammoth.images.imgElement(() => Promise.resolve({ src: '' }));
  try {
    const { value } = await mammoth.convertToHtml(input, { styleMap, convertImage: noImage, includeEmbeddedStyleMap: false, externalFileAccess: false });
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('source/too-deep', 'the document nests too deep', { cause: error });
    throw new AppError('source/corrupt', 'this is no Word document that can be read', { cause: error });
  }
}

function declaredLanguage(archive: Archive): string | undefined {
  return /<w:lang\s[^>]*?w:val="([\w-]{2,20})"/u.exec(readPartText(archive, 'word/styles.xml') ?? '')?.[1];
}

/**
 * A Word document: headings by style, lists, tables with their header rows, formulas, footnotes, endnotes and comments;
 * pictures are left out. Errors: those of `openArchive` and `readXml`.
 */
export async function parseDocx(name: string, bytes: Uint8Array, context: ParseContext): Promise<ParsedDocument> {
  const { depth, characters } = context.limits;
  const archive = openArchive(bytes, context.limits);
  const html = await toHtml(checkedPackage(archive, mainPart(archive, 'word/document.xml', depth), context));
  await context.report(1, 2);
  // Arrows that lead from a note back to its place are no text of the document.
  const { blocks } = readHtml(html.replaceAll(/\s?<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>|\s?<a href="#comment-ref-[^"]*">↑<\/a>/gu, ''), {
    depthLimit: depth,
    checkpoint: context.checkpoint,
  });
  const builder = new DocumentBuilder(characters);
  addHtmlBlocks(builder, blocks);
  await context.report(2, 2);
  const properties = coreProperties(archive, depth);
  const language = properties.language ?? declaredLanguage(archive);
  return {
    type: 'docx',
    title: properties.title || openingHeading(blocks) || titleFromName(name),
    text: builder.text,
    blocks: builder.blocks,
    ...(language !== undefined && { declaredLanguage: language }),
  };
}
