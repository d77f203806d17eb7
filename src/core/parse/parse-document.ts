import type { ParsedDocument, SourceType } from '../document/parsed-document.ts';
import { AppError, toAppError } from '../errors/app-error.ts';
import { decodeText } from './decode-text.ts';
import { detectBinaryType, detectTextType, looksBinary } from './detect-type.ts';
import { createParseContext } from './parse-context.ts';
import type { ParseContext, ParseOptions } from './parse-context.ts';
import { defaultParseLimits } from './parse-limits.ts';
import { titleFromName } from './title-from-name.ts';

export type { ParseOptions } from './parse-context.ts';

/** A file as dropped. Only its bytes and, among formats that are all plain text, its name's extension say what it is. */
export type NamedBytes = { name: string; bytes: Uint8Array };

function checkSize(type: SourceType, bytes: Uint8Array, context: ParseContext): void {
  const limit = context.limits.bytes[type];
  if (bytes.length > limit) {
    throw new AppError('source/too-large', `a ${type} file of ${bytes.length} bytes is not read`, { detail: { bytes: bytes.length, limitBytes: limit } });
  }
}

async function parseBinary(type: SourceType, { name, bytes }: NamedBytes, context: ParseContext): Promise<ParsedDocument> {
  checkSize(type, bytes, context);
  switch (type) {
    case 'pdf': return (await import('./parse-pdf.ts')).parsePdf(name, bytes, context);
    case 'docx': return (await import('./parse-docx.ts')).parseDocx(name, bytes, context);
    case 'pptx': return (await import('./parse-pptx.ts')).parsePptx(name, bytes, context);
    case 'xlsx': return (await import('./parse-xlsx.ts')).parseXlsx(name, bytes, context);
    default: return (await import('./parse-epub.ts')).parseEpub(name, bytes, context);
  }
}

async function isJsonText(text: string): Promise<boolean> {
  return (await import('./parse-json.ts')).readJson(text) !== undefined;
}

async function parseTextual({ name, bytes }: NamedBytes, context: ParseContext): Promise<ParsedDocument> {
  if (bytes.length > Math.max(...Object.values(context.limits.bytes))) checkSize('text', bytes, context);
  const { text: decoded, encoding } = decodeText(bytes);
  if (looksBinary(bytes, encoding.startsWith('utf-16'))) throw new AppError('source/binary', 'the file holds no text');
  // A NUL within text is a fault of its writer; a blank keeps all offsets.
  const text = decoded.includes('\0') ? decoded.replaceAll('\0', ' ') : decoded;
  if (text.trim() === '') throw new AppError('source/empty', 'the file holds nothing but white space');
  const mayBeJson = /^\s*[[{]/u.test(text.slice(0, 1024));
  const json = mayBeJson && text.length < 8 * 2 ** 20 ? await isJsonText(text) : mayBeJson && /json/iu.test(name);
  const type = detectTextType(name, text, () => json);
  checkSize(type, bytes, context);
  if (type !== 'html' && text.length > context.limits.characters) {
    throw new AppError('source/too-large', `the text is longer than ${context.limits.characters} characters`);
  }
  switch (type) {
    case 'html': return (await import('./parse-html.ts')).parseHtml(name, bytes, context);
    case 'markdown': return (await import('./parse-markdown.ts')).parseMarkdown(name, text, context);
    case 'csv': return (await import('./parse-csv.ts')).parseCsv(name, text, context);
    case 'json': return (await import('./parse-json.ts')).parseJson(name, text, context);
    case 'code': return (await import('./parse-code.ts')).parseCode(name, text, context);
    default: return (await import('./parse-text.ts')).parseText(name, text, context);
  }
}

/** An error of a parser's library in the words of the closed list. */
function toSourceError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof RangeError) {
    const deep = /call stack/iu.test(thrown.message);
    return new AppError(deep ? 'source/too-deep' : 'source/too-large', thrown.message, { cause: thrown });
  }
  const known = toAppError(thrown);
  return known.code === 'internal' ? new AppError('source/corrupt', known.message, { cause: thrown }) : known;
}

/** What a document declares is believed only where it has the form of a language tag (BCP 47). */
function withSoundLanguage({ declaredLanguage, ...document }: ParsedDocument): ParsedDocument {
  const sound = declaredLanguage !== undefined && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,4}$/iu.test(declaredLanguage);
  return sound ? { ...document, declaredLanguage: declaredLanguage.replaceAll('_', '-') } : document;
}

const longestTitle = 150;
const contents = /^(?:(?:table of )?contents|inhalt(?:sverzeichnis)?|index|sommaire|table des matières|índice|目录|目次)$/iu;

/** A paragraph set like a heading, or the heading of the contents, does not name a document: its file name does. */
function withSoundTitle(document: ParsedDocument, name: string): ParsedDocument {
  const isTitle = document.title.length <= longestTitle && !contents.test(document.title.trim());
  return isTitle ? document : { ...document, title: titleFromName(name) };
}

/**
 * Reads a file of any supported format. The same bytes and extension give the same document everywhere; nothing in it is
 * run or fetched. The bytes are neither changed nor kept.
 *
 * Errors: `aborted`, `source/empty`, `source/binary`, `source/unsupported`, `source/encrypted`, `source/no-text` (a PDF
 * of pictures of pages), `source/corrupt`, `source/too-large`, `source/too-deep`, `source/zip-bomb`, `source/timeout`. A
 * single step of a library cannot be interrupted, so a caller that must be free again ends the worker this runs in.
 */
export async function parseDocument(file: NamedBytes, options: ParseOptions = {}): Promise<ParsedDocument> {
  const context = createParseContext({ ...defaultParseLimits, ...options.limits }, options);
  try {
    context.checkpoint();
    if (file.bytes.length === 0) throw new AppError('source/empty', 'the file has no bytes');
    const type = detectBinaryType(file.bytes, context.limits);
    const document = await (type === undefined ? parseTextual(file, context) : parseBinary(type, file, context));
    if (document.blocks.length === 0) throw new AppError('source/empty', 'the file was read, and it holds no text');
    return withSoundTitle(withSoundLanguage(document), file.name);
  } catch (thrown) {
    throw toSourceError(thrown);
  }
}
