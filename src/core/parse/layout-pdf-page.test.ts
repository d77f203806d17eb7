import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutPdfPage } from './layout-pdf-page.ts';
import type { PdfPageLayout, PdfTextItem } from './layout-pdf-page.ts';

const page = { width: 600, height: 800 };

/** An upright item with the width of a font half an em wide. */
function item(str: string, x: number, y: number, size = 10, fontName = 'f1'): PdfTextItem {
  return { str, dir: 'ltr', transform: [size, 0, 0, size, x, y], width: str.length * size * 0.5, height: size, fontName, hasEOL: true };
}

const texts = (layout: PdfPageLayout): string[] => layout.blocks.map(({ start, end }) => layout.text.slice(start, end));

function paragraphAt(x: number, y: number, words: string): PdfTextItem[] {
  const line = `${words} running words fill it`.padEnd(40, 'x');
  return [0, 1, 2, 3].map((index) => item(line, x, y - index * 12));
}

describe('layoutPdfPage', () => {
  it('joins the lines of a paragraph and makes a word parted at a line end whole', () => {
    const items = [item('The committee met for the first consul-', 50, 700), item('tation of the year in Geneva and Basel.', 50, 688)];
    const layout = layoutPdfPage(items, page);
    expect(layout.text).toBe('The committee met for the first consultation of the year in Geneva and Basel.');
    const [first] = layout.pieces;
    expect(layout.text.slice(first?.start, first?.end)).toBe('The committee met for the first consul');
  });

  it('keeps the hyphen of a compound that the page writes with one elsewhere', () => {
    const items = [item('A multi-agent system is what this multi-', 50, 700), item('agent text is about, as you can see now.', 50, 688)];
    expect(layoutPdfPage(items, page).text).toContain('this multi-agent text');
  });

  it('reads two columns one after the other, below a title that crosses them', () => {
    const items = [
      item('A title over both columns of this page, long enough to cross', 100, 760, 16),
      ...paragraphAt(50, 700, 'left'),
      ...paragraphAt(320, 700, 'right'),
    ];
    const { text } = layoutPdfPage(items, page);
    expect(text.indexOf('title')).toBeLessThan(text.indexOf('left'));
    expect(text.lastIndexOf('left')).toBeLessThan(text.indexOf('right'));
  });

  it('reads columns in order also when the stream draws them line by line', () => {
    const [left, right] = [paragraphAt(50, 700, 'left'), paragraphAt(320, 700, 'right')];
    const { text } = layoutPdfPage(left.flatMap((one, index) => [one, right[index] ?? one]), page);
    expect(text.lastIndexOf('left')).toBeLessThan(text.indexOf('right'));
  });

  it('keeps the cells of a table row together, and names the header row', () => {
    const row = (y: number, ...cells: string[]): PdfTextItem[] => cells.map((cell, index) => item(cell, 50 + index * 120, y));
    const layout = layoutPdfPage([...row(700, 'Product', 'Price'), ...row(688, 'Lamp', '12.50'), ...row(676, 'Chair', '80.00')], page);
    expect(texts(layout)).toEqual(['Product\tPrice', 'Lamp\t12.50', 'Chair\t80.00']);
    expect(layout.blocks.map(({ kind }) => kind)).toEqual(['table-row', 'table-row', 'table-row']);
    expect(layout.blocks.map(({ header }) => header)).toEqual([undefined, 'Product\tPrice', 'Product\tPrice']);
  });

  it('keeps the place of an empty cell, and of a column of labels without a name', () => {
    const at = (y: number, ...cells: [x: number, text: string][]): PdfTextItem[] => cells.map(([x, text]) => item(text, x, y));
    const layout = layoutPdfPage([
      ...at(700, [170, 'Hours'], [290, 'Rate'], [410, 'Cost']),
      ...at(688, [50, 'Parts'], [410, '2,100']),
      ...at(676, [50, 'Labour'], [170, '2'], [290, '150']),
    ], page);
    expect(texts(layout)).toEqual(['\tHours\tRate\tCost', 'Parts\t\t\t2,100', 'Labour\t2\t150\t']);
    expect(layout.blocks.map(({ header }) => header)).toEqual([undefined, '\tHours\tRate\tCost', '\tHours\tRate\tCost']);
  });

  it.each([
    ['over two cells of a row', [[50, 'Customer Information'], [300, 'Vehicle Information']], [[50, 'Colour'], [120, 'White 9']]],
    ['a value itself', [[50, 'Name:'], [170, 'Ada Lovelace']], [[50, 'Phone:'], [170, '555 11']]],
  ] as [string, [number, string][], [number, string][]][])('names no header row that is %s', (_, ...rows) => {
    const items = rows.flatMap((cells, row) => cells.map(([x, text]) => item(text, x, 700 - row * 12)));
    const { blocks } = layoutPdfPage(items, page);
    expect(blocks.map(({ kind, header }) => [kind, header])).toEqual([['table-row', undefined], ['table-row', undefined]]);
  });

  it('parts paragraphs at a larger gap, list items at their marks, headings at their size', () => {
    const items = [
      item('Findings', 50, 720, 18),
      item('Three things were found in the course of it:', 50, 690),
      item('• the first is that it rains', 60, 678),
      item('• the second is that it pours', 60, 666),
      item('A new paragraph stands after a gap of a line.', 50, 640),
    ];
    const { blocks } = layoutPdfPage(items, page);
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph', 'list-item', 'list-item', 'paragraph']);
    expect(blocks[0]?.fontSize).toBe(18);
  });

  it('keeps the lines of an address apart', () => {
    const items = [item('Ada Lovelace', 50, 700), item('12 St James Square', 50, 688), item('London, in the County of Middlesex', 50, 676)];
    expect(layoutPdfPage(items, page).text).toBe('Ada Lovelace\n12 St James Square\nLondon, in the County of Middlesex');
  });

  it('puts spaces where the page has gaps and none within a word', () => {
    const items = [item('Hel', 50, 700), item('lo', 65, 700), item('world', 78, 700)];
    expect(layoutPdfPage(items, page).text).toBe('Hello world');
  });

  it('reads right-to-left runs from the right', () => {
    const items = [item('שלום', 100, 700), item('עולם', 70, 700)].map((one) => ({ ...one, dir: 'rtl' }));
    expect(layoutPdfPage(items, page).text).toBe('שלום עולם');
  });

  it('reads text printed twice in one place once', () => {
    expect(layoutPdfPage([item('Bold', 50, 700), item('Bold', 50.2, 700)], page).text).toBe('Bold');
  });

  it('reads a page turned by 90 degrees', () => {
    const turned = (str: string, x: number): PdfTextItem => ({ ...item(str, 0, 0), transform: [0, 10, -10, 0, x, 100] });
    expect(layoutPdfPage([turned('the second line of the page ends.', 212), turned('This page is turned on its side and', 200)], page).text)
      .toBe('This page is turned on its side and the second line of the page ends.');
  });

  it('holds its invariants for any items', () => {
    const anyItem = fc.record({
      str: fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('word', 'co-', '- item', '', ' ', '漢字', '\ud800')),
      dir: fc.constantFrom('ltr', 'rtl', 'ttb'),
      transform: fc.array(fc.oneof(fc.double({ min: -900, max: 900, noNaN: true }), fc.constantFrom(10, 0, NaN, 1e300)), { minLength: 0, maxLength: 6 }),
      width: fc.oneof(fc.double({ min: 0, max: 300, noNaN: true }), fc.constantFrom(NaN, -5, Infinity)),
      height: fc.constant(10),
      fontName: fc.constantFrom('f1', 'f2'),
      hasEOL: fc.boolean(),
    });
    fc.assert(fc.property(fc.array(anyItem, { maxLength: 60 }), (items) => {
      const layout = layoutPdfPage(items, page);
      expect(layoutPdfPage(items, page)).toEqual(layout);
      let end = 0;
      for (const piece of layout.pieces) {
        expect(piece.start).toBeGreaterThanOrEqual(end);
        end = piece.end;
        const source = items[piece.item]?.str.slice(piece.from, piece.from + piece.end - piece.start) ?? '';
        expect(source.length).toBe(piece.end - piece.start);
        const written = layout.text.slice(piece.start, piece.end);
        const differing = source.split('').filter((_, at) => ![source[at], ' ', '\ufffd'].includes(written[at]));
        expect(differing).toEqual([]);
      }
      let from = 0;
      for (const block of layout.blocks) {
        expect(layout.text.slice(from, block.start).trim()).toBe('');
        expect(block.end).toBeGreaterThan(block.start);
        from = block.end;
      }
      expect(from).toBe(layout.text.length);
    }), { numRuns: 150 });
  });
});
