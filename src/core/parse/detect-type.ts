import type { SourceType } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { codeLanguage, extensionOf, isTemplate } from './code-languages.ts';
import type { ParseLimits } from './parse-limits.ts';
import { openArchive } from './safe-unzip.ts';
import type { Archive } from './safe-unzip.ts';

/** Formats known by their first bytes that hold no text Alcove reads; the second value is at which offset they stand. */
const otherFormats: [signature: number[], offset: number, format: string][] = [
  [[0x89, 0x50, 0x4e, 0x47], 0, 'PNG image'], [[0xff, 0xd8, 0xff], 0, 'JPEG image'], [[0x47, 0x49, 0x46, 0x38], 0, 'GIF image'],
  [[0x49, 0x49, 0x2a, 0x00], 0, 'TIFF image'], [[0x4d, 0x4d, 0x00, 0x2a], 0, 'TIFF image'], [[0x57, 0x45, 0x42, 0x50], 8, 'WebP image'],
  [[0x1f, 0x8b], 0, 'gzip archive'], [[0x37, 0x7a, 0xbc, 0xaf], 0, '7z archive'], [[0x52, 0x61, 0x72, 0x21], 0, 'RAR archive'],
  [[0x66, 0x74, 0x79, 0x70], 4, 'MP4 media'], [[0x49, 0x44, 0x33], 0, 'MP3 audio'], [[0x4f, 0x67, 0x67, 0x53], 0, 'Ogg media'],
  [[0x7f, 0x45, 0x4c, 0x46], 0, 'program'], [[0x00, 0x61, 0x73, 0x6d], 0, 'WebAssembly module'], [[0x77, 0x4f, 0x46, 0x46], 0, 'font'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 0, 'SQLite database'], [[0x7b, 0x5c, 0x72, 0x74, 0x66], 0, 'RTF document'], [[0x42, 0x5a, 0x68], 0, 'bzip2 archive'],
];

const sampleBytes = 64 * 1024;

function startsWith(bytes: Uint8Array, signature: readonly number[], offset = 0): boolean {
  return signature.every((byte, index) => bytes[offset + index] === byte);
}

/** Offset of an ASCII text in the first bytes; -1 where it is not. */
function indexOfAscii(bytes: Uint8Array, text: string, within: number): number {
  return new TextDecoder('windows-1252').decode(bytes.subarray(0, within)).indexOf(text);
}

function unsupported(format: string): AppError {
  return new AppError('source/unsupported', `${format} files are not read`, { detail: { format } });
}

function archiveType(archive: Archive): SourceType {
  const types = archive.read('mimetype') ?? new Uint8Array();
  const mime = new TextDecoder().decode(types.subarray(0, 100)).trim();
  if (mime === 'application/epub+zip' || archive.has('META-INF/container.xml')) return 'epub';
  if (mime.startsWith('application/vnd.oasis.opendocument')) throw unsupported('OpenDocument');
  if (archive.names.some((name) => name.startsWith('word/'))) return 'docx';
  if (archive.names.some((name) => name.startsWith('ppt/'))) return 'pptx';
  if (archive.names.includes('xl/workbook.bin')) throw unsupported('binary Excel');
  if (archive.names.some((name) => name.startsWith('xl/'))) return 'xlsx';
  throw unsupported('ZIP archive');
}

/** A compound file is an Office document of before 2007, or a newer one under a password. */
function compoundFile(bytes: Uint8Array): AppError {
  const utf16 = new TextDecoder('utf-16le').decode(bytes.subarray(0, Math.min(bytes.length, 4 * 2 ** 20)));
  if (utf16.includes('EncryptedPackage')) return new AppError('source/encrypted', 'the document is protected by a password');
  return unsupported('Office 97-2003');
}

/**
 * What a file of bytes that are no text is; undefined where its first bytes name nothing. Errors: `source/unsupported`
 * with the `format` in its detail, `source/encrypted`, those of `openArchive`.
 */
export function detectBinaryType(bytes: Uint8Array, limits: ParseLimits): SourceType | undefined {
  if (indexOfAscii(bytes, '%PDF-', 1024) >= 0) return 'pdf';
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) return archiveType(openArchive(bytes, limits));
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) throw compoundFile(bytes);
  const other = otherFormats.find(([signature, offset]) => startsWith(bytes, signature, offset));
  if (other !== undefined) throw unsupported(other[2]);
  return undefined;
}

/** Whether bytes are no text in any encoding: many control characters, of which text has next to none. */
export function looksBinary(bytes: Uint8Array, isUtf16: boolean): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  let controls = 0;
  for (const byte of sample) {
    const usual = byte >= 32 || (byte >= 8 && byte <= 13) || byte === 27;
    if (!usual && !(isUtf16 && byte < 32)) controls += 1;
  }
  return controls > Math.max(sample.length * 0.02, 1);
}

const htmlStart = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,4000}?-->\s*)*(?:<!doctype\s+html|<html[\s>])/iu;
const htmlFragment = /^\s*(?:<!--[\s\S]{0,4000}?-->\s*)*<(?:head|body|div|p|h[1-6]|table|article|section|main|ul|ol|span|meta|title)[\s>]/iu;
const xmlStart = /^\s*<\?xml\s/u;
const markdownMarks = [/^#{1,6} \S/mu, /^```/mu, /^\s*[-*] \[[ x]\] /mu, /\[[^\]\n]{1,200}\]\([^)\s]{1,300}\)/u, /^\|(?:\s*:?-+:?\s*\|)+\s*$/mu, /\*\*[^*\n]{1,200}\*\*/u];

function looksMarkdown(sample: string): boolean {
  return markdownMarks.filter((mark) => mark.test(sample)).length >= 2;
}

/** Several lines with the same number (two or more cells) of one delimiter. */
function looksCsv(sample: string): boolean {
  const lines = sample.split(/\r?\n/u).slice(0, 20).filter((line) => line.trim() !== '');
  if (lines.length < 3) return false;
  return [',', ';', '\t'].some((delimiter) => {
    const counts = lines.slice(0, -1).map((line) => line.replace(/"(?:[^"]|"")*"/gu, '').split(delimiter).length);
    return (counts[0] ?? 0) >= 2 && counts.every((count) => count === counts[0]) && lines.every((line) => line.length < 500);
  });
}

const textExtensions: Record<string, SourceType> = {
  md: 'markdown', markdown: 'markdown', mdx: 'markdown', mdown: 'markdown', qmd: 'markdown', csv: 'csv', tsv: 'csv', tab: 'csv',
  json: 'json', jsonl: 'json', ndjson: 'json', geojson: 'json', ipynb: 'json', webmanifest: 'json', txt: 'text', text: 'text', log: 'text', rst: 'text', tex: 'text',
};

function byExtension(name: string): SourceType | undefined {
  const extension = extensionOf(name);
  if (Object.hasOwn(textExtensions, extension)) return textExtensions[extension];
  return codeLanguage(name) === undefined ? undefined : 'code';
}

/**
 * What a text is. What it looks like decides (a page of HTML is one under any name); the file name's extension breaks ties
 * among formats that all are plain text. `isJson` says whether the text is JSON; it is asked at most once.
 */
export function detectTextType(name: string, text: string, isJson: () => boolean): SourceType {
  const sample = text.slice(0, sampleBytes);
  const named = byExtension(name);
  if (htmlStart.test(sample) && !isTemplate(name)) return 'html';
  if (named === 'csv' || named === 'markdown' || named === 'code') return named;
  if (/^(?:html?|xhtml|shtml)$/u.test(extensionOf(name)) && htmlFragment.test(sample)) return 'html';
  if (xmlStart.test(sample)) return 'code';
  if (/^\s*[[{]/u.test(sample) && isJson()) return 'json';
  if (named === 'text') return 'text';
  if (looksMarkdown(sample.slice(0, 16_384))) return 'markdown';
  return looksCsv(sample) ? 'csv' : 'text';
}
