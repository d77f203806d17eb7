import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { ParsedDocument } from '../document/parsed-document.ts';
import golden from './fixtures-as-read.json' with { type: 'json' };
import type { AppError } from '../errors/app-error.ts';
import { checkParsedDocument } from './check-parsed-document.ts';
import { parseDocument } from './parse-document.ts';
import type { ParseOptions } from './parse-document.ts';

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));

async function parse(name: string, as = name, options: ParseOptions = {}): Promise<ParsedDocument> {
  const document = await parseDocument({ name: as, bytes: fixture(name) }, options);
  expect(checkParsedDocument(document)).toEqual([]);
  return document;
}

const parseBytes = (name: string, bytes: Uint8Array, options?: ParseOptions): Promise<ParsedDocument> => parseDocument({ name, bytes }, options);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const code = (expected: string): object => expect.objectContaining({ code: expected }) as object;

/** Blocks as `kind level: text`. */
function outline({ text, blocks }: ParsedDocument): string[] {
  return blocks.map(({ kind, level, start, end }) => `${kind}${level ?? ''}: ${text.slice(start, end)}`);
}

function pageOf({ text, pageStarts = [] }: ParsedDocument, sentence: string): number {
  const at = text.indexOf(sentence);
  return at < 0 ? -1 : pageStarts.filter((start) => start <= at).length;
}

describe('parseDocument', () => {
  it.each(Object.entries(golden))('reads %s as it is on record', async (name, expected) => {
    expect(await parseBytes(name, fixture(name)).catch((error: AppError) => error.code)).toEqual(expected);
  });

  describe('PDF', () => {
    it('finds each sentence on its page', async () => {
      const document = await parse('lighthouse.pdf');
      expect(document).toMatchObject({ type: 'pdf', title: 'The Lighthouse at Marrow Point', declaredLanguage: 'en-GB', coverage: { pages: 3, unreadPages: [] } });
      expect(pageOf(document, 'Its lamp burned rapeseed oil until 1894')).toBe(1);
      expect(pageOf(document, 'It could be heard at a distance of seventeen kilometres.')).toBe(2);
      expect(pageOf(document, 'carried away the boat house')).toBe(3);
    });

    it('reads columns in order, names headings by size, and keeps table headers with their rows', async () => {
      const document = await parse('lighthouse.pdf');
      expect(document.text.indexOf('neither slept at all.')).toBeLessThan(document.text.indexOf('The bell was replaced'));
      expect(outline(document).filter((line) => line.startsWith('heading'))).toEqual([
        'heading1: The Lighthouse at Marrow Point', 'heading2: A short history', 'heading2: The fog signal', 'heading2: Cost of upkeep',
      ]);
      expect(document.blocks.find(({ header }) => header !== undefined)).toMatchObject({ kind: 'table-row', header: 'Year\tOil\tRepairs', anchor: { page: 3 } });
    });

    it('names scanned pages as unread', async () => {
      const document = await parse('partly-scanned.pdf');
      expect(document.coverage).toEqual({ pages: 3, unreadPages: [2] });
      expect(pageOf(document, 'The storm of 1890')).toBe(3);
    });

    it('refuses a document of scans only, a protected and a truncated one, by name', async () => {
      await expect(parse('scanned.pdf')).rejects.toEqual(code('source/no-text'));
      await expect(parse('encrypted.pdf')).rejects.toEqual(code('source/encrypted'));
      await expect(parse('truncated.pdf')).rejects.toEqual(code('source/corrupt'));
    });

    it('reads a document that only its owner may change', async () => {
      expect((await parse('owner-locked.pdf')).text).toContain('forty-one metres');
    });

    it('runs no script of a font', async () => {
      expect((await parse('hostile-font.pdf')).text).toBe('The text of a hostile file is only text.');
      expect(Object.hasOwn(globalThis, 'fontMatrixRan')).toBe(false);
    });

    it('leaves the bytes it was given as they were', async () => {
      const bytes = fixture('lighthouse.pdf');
      await parseBytes('a.pdf', bytes);
      expect(bytes).toEqual(fixture('lighthouse.pdf'));
    });

    it('tells its progress page by page, and stops when asked to', async () => {
      const steps: string[] = [];
      await parse('lighthouse.pdf', 'a.pdf', { onProgress: (done, total) => steps.push(`${done}/${total}`) });
      expect(steps).toEqual(['1/3', '2/3', '3/3']);
      const control = new AbortController();
      const stopped = parse('lighthouse.pdf', 'a.pdf', { signal: control.signal, onProgress: () => control.abort() });
      await expect(stopped).rejects.toEqual(code('aborted'));
    });
  });

  it('reads a Word document with headings, lists, tables, formulas and notes', async () => {
    const document = await parse('orchard.docx');
    expect(document).toMatchObject({ type: 'docx', title: 'Survey of the Orchard', declaredLanguage: 'en-GB' });
    expect(outline(document)).toEqual([
      'heading1: Survey of the Orchard',
      'paragraph: The orchard holds four hundred and twelve trees on nine hectares.[1]',
      'heading2: Varieties', 'list-item1: Bramley, for cooking', 'list-item1: Egremont Russet, for keeping',
      'heading2: Yield', 'table-row: Variety\tTrees\tKilograms', 'table-row: Bramley\t230\t11,400', 'table-row: Russet\t182\t6,250',
      'paragraph: The mean yield follows y=m/n for each variety.',
      'list-item1: 1. Measured with a chain in the summer of 1902.',
    ]);
    expect(document.blocks[7]?.header).toBe('Variety\tTrees\tKilograms');
  });

  it('reads slides in the order shown, with tables and notes, and names those without text', async () => {
    const document = await parse('tram.pptx');
    expect(document).toMatchObject({ type: 'pptx', title: 'Tram plans', coverage: { pages: 3, unreadPages: [3] } });
    expect(outline(document)).toEqual([
      'slide: The new tram', 'list-item1: The tram opens in May 2031', 'list-item1: It runs every six minutes', 'paragraph: Mention that bicycles travel free.',
      'slide: Costs', 'table-row: Item\tEuro', 'table-row: Rails\t1200', 'table-row: Ties\t340',
    ]);
    expect(pageOf(document, 'Costs')).toBe(2);
  });

  it('reads a workbook as named values, as the sheets show them', async () => {
    const document = await parse('harvest.xlsx');
    expect(outline(document)).toEqual([
      'sheet: Harvest', 'table-row: Picked on\tVariety\tKilograms\tShare',
      'table-row: Picked on: 1 October 2023; Variety: Bramley; Kilograms: 11,400.50; Share: 65%',
      'table-row: Picked on: 2 October 2023; Variety: 林檎; Share: 35%',
      'sheet: Notes', 'table-row: The scales were tested in August.',
    ]);
    expect(document.blocks[2]?.anchor).toEqual({ path: 'Harvest!2' });
  });

  it('reads a book in the order of its spine, with titles from its contents', async () => {
    const document = await parse('letters.epub');
    expect(document).toMatchObject({ type: 'epub', title: 'Letters from the Fen', declaredLanguage: 'en' });
    expect(outline(document)).toEqual([
      'heading1: The first letter', 'paragraph: The heron came back on the ninth of April.',
      'heading2: Second', 'paragraph: The eel traps were empty, & the water was high.',
    ]);
    expect(document.blocks[3]?.anchor).toEqual({ path: 'OPS/text/two.xhtml#body/0/1' });
  });

  it('reads what a web page shows, and neither scripts nor hidden text', async () => {
    const document = await parse('salt-road.html');
    expect(document).toMatchObject({ type: 'html', title: 'The Salt Road', declaredLanguage: 'en-GB' });
    expect(outline(document)).toEqual([
      'heading1: The Salt Road',
      'paragraph: The road was built in 1480 to carry salt from the mines at Aldersee to the port, a journey of eleven days.',
      'heading2: Tolls', 'table-row: Gate\tPence', 'table-row: North\t4', 'table-row: Harbour\t9',
      'list-item1: 3. Pay at the gate.', 'list-item1: 4. Keep the token.',
      'quote: No cart shall pass by night.', 'code: north   4\nharbour 9', 'paragraph: An unclosed paragraph with stray markup',
    ]);
    expect(document.text).not.toMatch(/beacon|Hidden|Nor these|Drawing|Home/u);
    expect(Object.hasOwn(globalThis, 'pageScriptRan')).toBe(false);
  });

  it('keeps Markdown character by character', async () => {
    const document = await parse('field-notes.md');
    expect(document).toMatchObject({ type: 'markdown', title: 'Field notes', text: new TextDecoder().decode(fixture('field-notes.md')) });
    expect(outline(document)).toEqual([
      'paragraph: ---\ntitle: "Field notes"\n---', 'heading1: # Field notes from *Marsh Hill*', 'paragraph: The first visit was on 12 June.\nIt rained.',
      'list-item1: - [x] Count the orchids', 'list-item1: - Map the drain', 'list-item2: 1. North end', 'list-item2: 2. South end',
      'quote: > The drain is older than the map.', 'table-row: | Plant | Count |\n|-------|------:|', 'table-row: | Orchid | 31 |', 'table-row: | Sundew | 7 |',
      'code: ```python\nprint("orchid")\n```', 'paragraph: ***', 'heading2: Setext heading\n--------------',
      'paragraph: Last words with a [link](https://example.invalid/).', 'paragraph: [ref]: https://example.invalid/ref',
    ]);
    expect(document.blocks[9]?.header).toBe('| Plant | Count |');
  });

  it('reads tables of text by their delimiter, quotes and header', async () => {
    expect(outline(await parse('stations.csv'))).toEqual([
      'table-row: Station\tOpened\tPlatforms', 'table-row: Station: Old Town; Opened: 1871; Platforms: 4',
      'table-row: Station: Quay; north; Opened: 1902; Platforms: 2', 'table-row: Station: The "Hill"; Opened: 1955',
    ]);
    expect(outline(await parse('birds.tsv'))).toEqual(['table-row: name\tcolour', 'table-row: name: wren; colour: brown', 'table-row: name: heron; colour: grey']);
  });

  it('reads JSON as paths with values, a record together, and notebooks as cells', async () => {
    expect(outline(await parse('museum.json'))).toEqual([
      'paragraph: museum.name: Clock House\nmuseum.founded: 1911', 'paragraph: rooms[0].name: Dials\nrooms[0].clocks: 14',
      'paragraph: rooms[1].name: Pendulums\nrooms[1].clocks: 9', 'paragraph: open: true',
    ]);
    expect(outline(await parse('tides.ipynb'))).toEqual(['heading1: # Tides', 'paragraph: The tide gauge stands at Ferry Pier.', 'code: print(7.2)', 'code: 7.2']);
  });

  it('keeps source code as it is, a definition a block', async () => {
    const document = await parse('wheel.py');
    expect(document).toMatchObject({ type: 'code', title: 'wheel.py', text: new TextDecoder().decode(fixture('wheel.py')) });
    expect(document.blocks.map(({ start }) => document.text.slice(start, start + 5))).toEqual(['impor', 'def a', 'class']);
  });

  it.each(['letter.txt', 'letter-utf16le.txt', 'letter-utf16be-unmarked.txt'])('reads %s as the same letter', async (name) => {
    expect(outline(await parse(name))).toEqual([
      'paragraph: Dear Zoë,', 'paragraph: the naïve plan was to walk to Łódź. It took us nineteen days.', 'paragraph: Yours, Björn',
    ]);
  });

  it.each([
    ['lighthouse.pdf', 'notes.txt', 'pdf'], ['orchard.docx', 'orchard.pdf', 'docx'], ['tram.pptx', 'tram.xlsx', 'pptx'], ['letters.epub', 'letters.zip', 'epub'],
    ['salt-road.html', 'page.txt', 'html'], ['museum.json', 'museum.txt', 'json'], ['letter.txt', 'letter.pdf', 'text'], ['letter.txt', 'letter.json', 'text'],
    ['letter.txt', 'letter.docx', 'text'], ['stations.csv', 'stations', 'csv'], ['field-notes.md', 'README', 'markdown'],
  ])('reads %s under the name %s as what it is', async (name, as, type) => {
    expect((await parse(name, as)).type).toBe(type);
  });

  describe('bad input', () => {
    const pngStart = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

    it.each([
      ['nothing', 'a.txt', new Uint8Array(), 'source/empty'],
      ['white space', 'a.md', utf8(' \n\t\n '), 'source/empty'],
      ['random bytes', 'a.txt', Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3) * 31) & 255), 'source/binary'],
      ['a picture', 'a.pdf', pngStart, 'source/unsupported'],
      ['a zip of anything', 'a.docx', fixture('plain.zip'), 'source/unsupported'],
      ['a document under a password', 'a.docx', fixture('protected.docx'), 'source/encrypted'],
      ['a zip bomb', 'a.docx', fixture('bomb.docx'), 'source/zip-bomb'],
      ['a zip bomb that lies', 'a.docx', fixture('lying-bomb.docx'), 'source/zip-bomb'],
      ['a zip with a name outside itself', 'a.docx', fixture('outside.docx'), 'source/zip-bomb'],
      ['a zip of very many files', 'a.docx', zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`word/${index}`, new Uint8Array()]))), 'source/zip-bomb'],
      ['half a document', 'a.docx', fixture('orchard.docx').subarray(0, 1200), 'source/corrupt'],
      ['elements 3000 deep', 'a.docx', fixture('deep.docx'), 'source/too-deep'],
      ['a page 3000 elements deep', 'a.html', utf8(`<!doctype html>${'<div>'.repeat(3000)}x`), 'source/too-deep'],
      ['values 100,000 deep', 'a.json', utf8('['.repeat(100_000) + ']'.repeat(100_000)), 'source/too-deep'],
    ])('names %s', async (_, name, bytes, expected) => {
      await expect(parseBytes(name, bytes)).rejects.toEqual(code(expected));
    });

    it('expands no entities of its own', async () => {
      const bytes = zipSync({ 'word/document.xml': utf8('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>') });
      await expect(parseBytes('a.docx', bytes)).rejects.toEqual(code('source/corrupt'));
    });

    it('keeps to its limits of size, pages, characters and time', async () => {
      const text = utf8('word '.repeat(1000));
      const bytes = { pdf: 100, docx: 100, pptx: 100, xlsx: 100, epub: 100, html: 100, markdown: 100, text: 100, csv: 100, json: 100, code: 100 };
      await expect(parseBytes('a.txt', text, { limits: { bytes } })).rejects.toEqual(code('source/too-large'));
      await expect(parseBytes('a.txt', text, { limits: { characters: 99 } })).rejects.toEqual(code('source/too-large'));
      await expect(parseBytes('a.pdf', fixture('lighthouse.pdf'), { limits: { pages: 2 } })).rejects.toEqual(code('source/too-large'));
      await expect(parseBytes('a.pdf', fixture('lighthouse.pdf'), { limits: { milliseconds: -1 } })).rejects.toEqual(code('source/timeout'));
    });

    it('reads invalid UTF-8 with a mark for each byte that is no text', async () => {
      expect((await parse('broken-utf8.txt')).text).toContain('Łódź, \ufffd\ufffd and that was all. ö');
    });

    it('reads a text of 100 MB on one line as many blocks of bounded length', async () => {
      const bytes = new Uint8Array(100_000_000).fill(0x61);
      for (let at = 0; at < bytes.length; at += 6) bytes[at] = 0x20;
      const { text, blocks } = await parseBytes('line.txt', bytes);
      expect(text.length).toBe(bytes.length);
      expect(Math.max(...blocks.map(({ start, end }) => end - start))).toBeLessThanOrEqual(16_384);
      expect(blocks.at(-1)?.end).toBe(bytes.length);
    });
  });
});
