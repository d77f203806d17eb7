import type { ParsedDocument } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { DocumentBuilder } from './document-builder.ts';
import { builtInFormat } from './format-cell.ts';
import { coreProperties, mainPart, readPart, readPartText, relationshipId, relationshipsOf } from './office-package.ts';
import type { ParseContext } from './parse-context.ts';
import { readSharedStrings, readSheet } from './read-sheet.ts';
import type { SheetContext, SheetRow } from './read-sheet.ts';
import { findAll, findFirst } from './read-xml.ts';
import type { XmlElement } from './read-xml.ts';
import { openArchive } from './safe-unzip.ts';
import type { Archive } from './safe-unzip.ts';
import { cellsText, isHeaderRow, namedRowText } from './table-row-text.ts';
import { titleFromName } from './title-from-name.ts';

type Sheet = { name: string; part: string };
type Workbook = { sheets: Sheet[]; context: SheetContext };

/** Number format code of each cell style. */
function readFormats(styles: XmlElement | undefined): string[] {
  if (styles === undefined) return [];
  const own = new Map(findAll(styles, 'numFmt').map(({ attributes }) => [attributes['numFmtId'], attributes['formatCode'] ?? 'General']));
  const cellStyles = findFirst(styles, 'cellXfs');
  return (cellStyles === undefined ? [] : findAll(cellStyles, 'xf')).map(({ attributes }) => {
    const id = attributes['numFmtId'] ?? '0';
    return own.get(id) ?? builtInFormat(Number(id));
  });
}

function readWorkbook(archive: Archive, depthLimit: number): Workbook {
  const main = mainPart(archive, 'xl/workbook.xml', depthLimit);
  const root = readPart(archive, main, depthLimit);
  if (root === undefined) throw new AppError('source/corrupt', 'the workbook has no main part');
  const relationships = relationshipsOf(archive, main, depthLimit);
  const partOf = (type: string): string => relationships.find((one) => one.type === type)?.target ?? '';
  const strings = readPartText(archive, partOf('sharedStrings'));
  const sheets = findAll(root, 'sheet').flatMap(({ attributes }) => {
    const id = relationshipId(attributes);
    const relationship = relationships.find((one) => one.id === id);
    return relationship?.type === 'worksheet' ? [{ name: attributes['name'] ?? '', part: relationship.target }] : [];
  });
  const date1904 = /^(?:1|true)$/u.test(findFirst(root, 'workbookPr')?.attributes['date1904'] ?? '');
  const formats = readFormats(readPart(archive, partOf('styles'), depthLimit));
  return { sheets, context: { strings: strings === undefined ? [] : readSharedStrings(strings, depthLimit), formats, date1904, depthLimit } };
}

/** Writes a sheet's rows; a row that names columns heads those below it until a blank row ends the table. */
class SheetWriter {
  private readonly builder: DocumentBuilder;
  private readonly sheet: string;
  private held: SheetRow | undefined;
  private names: string[] | undefined;
  private lastRow = 0;

  constructor(builder: DocumentBuilder, sheet: string) {
    this.builder = builder;
    this.sheet = sheet;
  }

  row(row: SheetRow): void {
    if (row.number > this.lastRow + 1) this.endTable();
    this.lastRow = row.number;
    if (this.names !== undefined) {
      this.add(row, namedRowText(this.names, row.cells), cellsText(this.names));
    } else if (this.held === undefined) {
      this.held = row;
    } else {
      this.second(this.held, row);
    }
  }

  private second(first: SheetRow, row: SheetRow): void {
    if (isHeaderRow(first.cells, row.cells)) {
      this.names = first.cells;
      this.add(first, cellsText(first.cells));
      this.add(row, namedRowText(first.cells, row.cells), cellsText(first.cells));
      this.held = undefined;
      return;
    }
    // A caption above the table's names is a row of its own; the next may be the one with the names.
    this.add(first, cellsText(first.cells));
    this.held = row;
  }

  endTable(): void {
    if (this.held !== undefined) this.add(this.held, cellsText(this.held.cells));
    this.held = undefined;
    this.names = undefined;
  }

  private add(row: SheetRow, text: string, header?: string): void {
    this.builder.add('table-row', text, { anchor: { path: `${this.sheet}!${row.number}` }, header });
  }
}

/**
 * A workbook: each sheet begins with its name as a `sheet` block, then a block a row, read as `Name: value; ...` under
 * the row that names the columns. Numbers and dates stand as the sheet shows them. Errors: those of `openArchive`, `readXml`.
 */
export async function parseXlsx(name: string, bytes: Uint8Array, context: ParseContext): Promise<ParsedDocument> {
  const { depth, characters } = context.limits;
  const archive = openArchive(bytes, context.limits);
  const workbook = readWorkbook(archive, depth);
  const builder = new DocumentBuilder(characters);
  for (const [index, sheet] of workbook.sheets.entries()) {
    const xml = readPartText(archive, sheet.part);
    if (xml === undefined) throw new AppError('source/corrupt', 'a sheet of the workbook is missing');
    const writer = new SheetWriter(builder, sheet.name);
    let rows = 0;
    readSheet(xml, workbook.context, (row) => {
      context.checkpoint();
      if (rows === 0) builder.add('sheet', sheet.name, { anchor: { path: sheet.name } });
      rows += 1;
      writer.row(row);
    });
    writer.endTable();
    await context.report(index + 1, workbook.sheets.length);
  }
  const title = coreProperties(archive, depth).title || titleFromName(name);
  return { type: 'xlsx', title, text: builder.text, blocks: builder.blocks };
}
