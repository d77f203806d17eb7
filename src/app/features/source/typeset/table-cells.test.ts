import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceType } from '#core/document/parsed-document.ts';
import type { DisplayBlock } from './display-block.ts';
import { headerNames, tableCells } from './table-cells.ts';

function rowOf(text: string, header?: string): DisplayBlock {
  return { start: 0, end: text.length, kind: 'table-row', level: 1, continues: false, ...(header !== undefined && { header }) };
}

/** The cells as seen. */
function cells(text: string, type: SourceType, header?: string): string[] {
  return tableCells(text, rowOf(text, header), type).map((cell) =>
    cell.runs.filter((run) => !run.style.syntax).map((run) => text.slice(run.start, run.end)).join(''));
}

describe('tableCells', () => {
  it('parts cells at tabs, empty ones included', () => {
    expect(cells('pump\t\t12\n', 'html')).toEqual(['pump', '', '12']);
  });

  it('parts Markdown rows at pipes, not at escaped ones, and hides the line that rules off the header', () => {
    expect(cells('| a \\| b | **c** |\n', 'markdown')).toEqual(['a | b', 'c']);
    expect(cells('a | b', 'markdown')).toEqual(['a', 'b']);
    expect(cells('| Part | Cost |\n| --- | ---: |\n', 'markdown')).toEqual(['Part', 'Cost']);
  });

  it('finds the columns of a row that names them, also where some are empty or hold the separator', () => {
    const header = 'Name\tAge\tTown';
    expect(cells('Name: Anna; Age: 30; Town: Bonn', 'csv', header)).toEqual(['Anna', '30', 'Bonn']);
    expect(cells('Name: Anna; Town: Bonn; am Rhein', 'csv', header)).toEqual(['Anna', '', 'Bonn; am Rhein']);
    expect(cells('Age: 30', 'csv', header)).toEqual(['', '30', '']);
    expect(cells('no names here', 'csv', header)).toEqual(['no names here']);
  });

  it('reads the names of columns from a header row', () => {
    expect(headerNames('Name\tAge')).toEqual(['Name', 'Age']);
    expect(headerNames('| Part | Cost |')).toEqual(['Part', 'Cost']);
  });

  it('keeps every character: cells tile the row and runs tile the cells', () => {
    const piece = fc.constantFrom('Name: ', 'Age: ', '; ', '\t', '|', '\\|', ' ', '\n', 'x', '**', 'https://e.org/', '---');
    const types = fc.constantFrom<SourceType>('csv', 'markdown', 'html', 'xlsx');
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), types, fc.constantFrom(undefined, 'Name\tAge', '| Name | Age |'), (pieces, type, header) => {
        const text = pieces.join('');
        let at = 0;
        for (const cell of tableCells(text, rowOf(text, header), type)) {
          expect(cell.start).toBe(at);
          for (const run of cell.runs) {
            expect(run.start).toBe(at);
            at = run.end;
          }
          expect(cell.end).toBe(at);
        }
        expect(at).toBe(text.length);
      }),
    );
  });
});
