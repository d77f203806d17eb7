import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadPdfJs } from '#core/parse/load-pdf-js.ts';
import { parseDocument } from '#core/parse/parse-document.ts';
import type { PdfTextItem } from '#core/parse/layout-pdf-page.ts';
import { pageRange } from './load-page.ts';
import { placePieces, type PageText } from './text-layer-pieces.ts';

const fixtures = fileURLToPath(new URL('../../../../core/parse/fixtures', import.meta.url));
const shared = process.env['ALCOVE_SHARED'] ?? fileURLToPath(new URL('../../../../../../shared', import.meta.url));
const samples = join(shared, 'documents', 'py-pdf-samples');
const flip = [1, 0, 0, -1, 0, 800];

function item(str: string, x: number, y: number): PdfTextItem {
  return { str, dir: 'ltr', transform: [10, 0, 0, 10, x, y], width: str.length * 5, height: 10, fontName: 'f', hasEOL: false };
}

/** How many pages of a PDF have their text placed in full, of all that have text. */
async function placedPages(path: string): Promise<{ placed: number; withText: number }> {
  const bytes = new Uint8Array(readFileSync(path));
  const document = await parseDocument({ name: path, bytes }, {});
  const { pdf, close } = await loadPdfJs(bytes);
  let [placed, withText] = [0, 0];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const range = pageRange(document, number);
    if (range.end === range.start) continue;
    withText += 1;
    const page = await pdf.getPage(number);
    const content = (await page.getTextContent()) as unknown as PageText;
    const pieces = placePieces(document.text, range, content, { width: page.view[2] ?? 0, height: page.view[3] ?? 0, transform: flip });
    const joined = pieces?.map((piece) => document.text.slice(piece.start, piece.end)).join('');
    if (joined === document.text.slice(range.start, range.end)) placed += 1;
  }
  await close();
  return { placed, withText };
}

describe('placePieces', () => {
  const page: PageText = { items: [item('The rape-', 50, 700), item('seed oil', 50, 688)], styles: {} };
  const text = 'before\n\nThe rapeseed oil\n\nafter';
  const range = { start: 8, end: 26 };

  it('places each stretch of the page where its item stands, and tiles the page’s range of the text', () => {
    const pieces = placePieces(text, range, page, { width: 600, height: 800, transform: flip });
    expect(pieces?.map((piece) => text.slice(piece.start, piece.end))).toEqual(['The rape', 'seed oil\n\n']);
    expect(pieces?.[0]).toMatchObject({ left: 50, top: 92, fontSize: 10, angle: 0, width: 40 });
  });

  it('gives nothing where the text was made by another reading of the page', () => {
    expect(placePieces('The rape-seed oil', { start: 0, end: 17 }, page, { width: 600, height: 800, transform: flip })).toBeUndefined();
  });

  it.each(['lighthouse.pdf', 'partly-scanned.pdf', 'owner-locked.pdf'])('places every page of %s that the parser read', async (name) => {
    const { placed, withText } = await placedPages(join(fixtures, name));
    expect(withText).toBeGreaterThan(0);
    expect(placed).toBe(withText);
  });

  it.skipIf(!existsSync(samples))('places every page of the sample PDFs', async () => {
    const unreadable = /password|imagemagick|unreadablemetadata/u;
    for (const name of readdirSync(samples).filter((file) => file.endsWith('.pdf') && !unreadable.test(file))) {
      const { placed, withText } = await placedPages(join(samples, name));
      expect.soft({ name, placed }).toEqual({ name, placed: withText });
    }
  }, 120_000);
});
