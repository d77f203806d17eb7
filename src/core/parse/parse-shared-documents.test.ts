import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ParsedDocument } from '../document/parsed-document.ts';
import { toAppError } from '../errors/app-error.ts';
import { checkParsedDocument } from './check-parsed-document.ts';
import { parseDocument } from './parse-document.ts';

const shared = process.env['ALCOVE_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const folder = `${shared}/documents/`;
const there = existsSync(folder);
const files = there ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/u.test(name)).sort() : [];

/** Real files that hold no text that could be read, and why. */
const refused: Record<string, string> = {
  'markitdown/MEDRPT-2024-PAT-3847_medical_report_scan.pdf': 'source/no-text',
  'mammoth/empty.docx': 'source/empty',
  'mammoth/external-picture.docx': 'source/empty',
  'mammoth/tiny-picture.docx': 'source/empty',
  'mammoth/tiny-picture-target-base-relative.docx': 'source/empty',
  'py-pdf-samples/imagemagick-ASCII85Decode.pdf': 'source/no-text',
  'py-pdf-samples/imagemagick-CCITTFaxDecode.pdf': 'source/no-text',
  'py-pdf-samples/imagemagick-images.pdf': 'source/no-text',
  'py-pdf-samples/imagemagick-lzw.pdf': 'source/no-text',
  'py-pdf-samples/libreoffice-writer-password.pdf': 'source/encrypted',
  'py-pdf-samples/unreadablemetadata.pdf': 'source/corrupt',
};

/** Sentences known to stand in them. */
const known: [file: string, type: string, sentence: string][] = [
  ['markitdown/test.pdf', 'pdf', 'Large language models (LLMs) are becoming a crucial building block in developing powerful agents'],
  ['markitdown/REPAIR-2022-INV-001_multipage.pdf', 'pdf', 'Policy #\tPOL-2022-555'],
  ['markitdown/movie-theater-booking-2024.pdf', 'pdf', 'December 2024\t48\t$12,500.00'],
  ['py-pdf-samples/multicolumn.pdf', 'pdf', 'Lorem ipsum dolor sit amet, consectetuer adipiscing elit.'],
  ['py-pdf-samples/GeoTopo-komprimiert.pdf', 'pdf', 'so ist jede Abbildung f : X → Y stetig.'],
  ['markitdown/test.docx', 'docx', 'AutoGen is an open-source framework that allows developers to build LLM applications'],
  ['markitdown/equations.docx', 'docx', 'The angle is θ=sin'],
  ['mammoth/comments.docx', 'docx', 'A tachyon walks into a bar.'],
  ['mammoth/endnotes.docx', 'docx', 'A tachyon walks into a bar.'],
  ['mammoth/text-box.docx', 'docx', 'Datum plane'],
  ['markitdown/test.pptx', 'pptx', '13\t14\t15\t16\t17\t18'],
  ['markitdown/test.xlsx', 'xlsx', 'Alpha: 89; Beta: 82; Gamma: 100; Delta: 12'],
  ['markitdown/test.epub', 'epub', 'Here\'s a second chapter with a different style.'],
  ['markitdown/test_wikipedia.html', 'html', 'Microsoft was founded by Bill Gates and Paul Allen on April 4, 1975'],
  ['markitdown/test_blog.html', 'html', 'the tuned gpt-3.5-turbo model vastly outperformed untuned gpt-4 in accuracy'],
  ['markitdown/test_mskanji.csv', 'csv', '名前: 髙橋淳; 年齢: 35; 住所: 名古屋'],
  ['markitdown/test.json', 'json', 'key2: 1234'],
  ['rust-book/ch08-01-vectors.md', 'markdown', 'Vectors allow you to store more than one value'],
];

async function parse(name: string): Promise<ParsedDocument> {
  return parseDocument({ name, bytes: new Uint8Array(readFileSync(folder + name)) });
}

describe.skipIf(!there)('parseDocument on the shared documents', () => {
  it.each(files)('reads %s or says why not', async (name) => {
    const result = await parse(name).then(checkParsedDocument, (error: unknown) => toAppError(error).code);
    expect(result).toEqual(refused[name] ?? []);
  });

  it.each(known)('finds what stands in %s', async (name, type, sentence) => {
    const document = await parse(name);
    expect(document.type).toBe(type);
    expect(document.text).toContain(sentence);
  });

  it('gives the pages of a long document in order', async () => {
    const { pageStarts = [], coverage } = await parse('py-pdf-samples/GeoTopo-komprimiert.pdf');
    expect(coverage).toEqual({ pages: 117, unreadPages: [] });
    expect(pageStarts).toHaveLength(117);
  });
});
