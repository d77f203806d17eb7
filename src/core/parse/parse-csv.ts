import Papa from 'papaparse';
import type { ParsedDocument } from '../document/parsed-document.ts';
import { AppError, toAppError } from '../errors/app-error.ts';
import { DocumentBuilder } from './document-builder.ts';
import type { ParseContext } from './parse-context.ts';
import { cellsText, isHeaderRow, namedRowText } from './table-row-text.ts';
import { titleFromName } from './title-from-name.ts';

/** Writes rows one by one; the first is held back until the second shows whether it names the columns. */
class RowWriter {
  private readonly builder: DocumentBuilder;
  private first: string[] | undefined;
  private names: string[] = [];
  private header: string | undefined;
  private row = 0;

  constructor(builder: DocumentBuilder) {
    this.builder = builder;
  }

  write(cells: string[]): void {
    this.row += 1;
    if (this.row === 1) {
      this.first = cells;
      return;
    }
    if (this.row === 2) this.writeFirst(cells);
    this.add(this.row, cells);
  }

  finish(): void {
    if (this.row === 1) this.writeFirst(undefined);
  }

  private writeFirst(second: string[] | undefined): void {
    const first = this.first ?? [];
    if (!isHeaderRow(first, second)) {
      this.add(1, first);
      return;
    }
    this.names = first.map((cell) => cell.trim());
    this.header = cellsText(first);
    this.builder.add('table-row', this.header, { anchor: { path: 'row 1' } });
  }

  private add(row: number, cells: string[]): void {
    const text = this.header === undefined ? cellsText(cells) : namedRowText(this.names, cells);
    this.builder.add('table-row', text, { anchor: { path: `row ${row}` }, header: this.header });
  }
}

/** Comma, semicolon, tab or pipe separated values: a block a row, with the names of its columns where the table has them. */
export async function parseCsv(name: string, text: string, context: ParseContext): Promise<ParsedDocument> {
  const builder = new DocumentBuilder(context.limits.characters);
  const writer = new RowWriter(builder);
  let failure: AppError | undefined;
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    delimitersToGuess: [',', ';', '\t', '|'],
    step: ({ data }, parser) => {
      try {
        context.checkpoint();
        writer.write(data);
      } catch (error) {
        failure = toAppError(error);
        parser.abort();
      }
    },
  });
  if (failure !== undefined) throw failure;
  writer.finish();
  await context.report(1, 1);
  return { type: 'csv', title: titleFromName(name), text: builder.text, blocks: builder.blocks };
}
