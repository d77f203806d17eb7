import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHtml } from './read-html.ts';

const options = { depthLimit: 100, checkpoint: (): void => undefined };
const shown = (html: string): string[] => readHtml(html, options).blocks.map(({ kind, text }) => `${kind}: ${text}`);

describe('readHtml', () => {
  it('collapses white space as a browser does, also between elements', () => {
    expect(shown('<p>one <b> two</b>\n three<i>four</i> </p>')).toEqual(['paragraph: one two threefour']);
    expect(shown('a<br>b<br/>c')).toEqual(['paragraph: a\nb\nc']);
  });

  it('reads tables that lay out a page as the text within them', () => {
    expect(shown('<table><tr><td><h1>Title</h1><p>Text</p></td><td>Side</td></tr></table>')).toEqual(['heading: Title', 'paragraph: Text', 'paragraph: Side']);
  });

  it('reads a table within a table, and text outside any cell', () => {
    expect(shown('<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>')).toEqual(['paragraph: a', 'table-row: b\tc']);
    expect(shown('<table>loose<tr><td>a</td></tr></table>').join()).toContain('loose');
  });

  it('takes the first row for the header when only the rows below have figures', () => {
    const { blocks } = readHtml('<table><tr><td>Gate</td><td>Toll</td></tr><tr><td>North</td><td>4</td></tr></table>', options);
    expect(blocks.map(({ header }) => header)).toEqual([undefined, 'Gate\tToll']);
  });

  it('keeps each cell of a table at its column, beside empty cells and cells over several columns or rows', () => {
    const row = (...cells: string[]) => `<tr>${cells.join('')}</tr>`;
    const html = row('<th>Gate</th>', '<th>Toll</th>', '<th>Hours</th>')
      + row('<td rowspan=2>North</td>', '<td></td>', '<td>9</td>') + row('<td>4</td>') + row('<td colspan=2>South</td>', '<td>7</td>') + row('<td></td>', '<td>5</td>', '<td></td>');
    expect(shown(`<table>${html}</table>`)).toEqual(['Gate\tToll\tHours', 'North\t\t9', '4', 'South\t\t7', '\t5\t'].map((text) => `table-row: ${text}`));
  });

  it('takes no value for the name of a column', () => {
    const { blocks } = readHtml('<table><tr><td>Name:</td><td>Ada</td></tr><tr><td>Phone:</td><td>4</td></tr></table>', options);
    expect(blocks.map(({ header }) => header)).toEqual([undefined, undefined]);
  });

  it('numbers ordered lists, and knows how deep a list lies', () => {
    const { blocks } = readHtml('<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>', options);
    expect(blocks.map(({ text, level }) => `${level} ${text}`)).toEqual(['1 1. a', '2 b', '1 2. c']);
  });

  it('names an element too deep', () => {
    expect(() => readHtml('<i>'.repeat(200), options)).toThrow(expect.objectContaining({ code: 'source/too-deep' }));
  });

  it('reads any soup of tags, and all of its visible words', () => {
    const tags = ['p', 'div', 'table', 'tr', 'td', 'th', 'li', 'ul', 'ol', 'b', 'h2', 'pre', 'blockquote', 'br', 'body', 'html', 'head', 'title2', 'thead', 'caption'];
    const piece = fc.oneof(
      fc.constantFrom(...tags).map((tag) => `<${tag}>`), fc.constantFrom(...tags).map((tag) => `</${tag}>`),
      fc.integer({ min: 0, max: 999 }).map((number) => ` w${number}w `),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      const words = pieces.filter((one) => one.startsWith(' ')).map((word) => word.trim());
      const text = readHtml(pieces.join(''), options).blocks.map((block) => block.text).join(' ');
      for (const word of words) expect(text).toContain(word);
    }), { numRuns: 500 });
  });
});
