import type { DocumentInfo, DocumentRows } from './segment-manifest.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * What a merged segment says of its documents: the kept rows (rising) of each input, input after input. A run of rows
 * that lost some from its middle becomes several; runs that continue one another become one.
 */
export function mergeDocumentRows(inputs: ReadonlyArray<{ documents: readonly DocumentRows[]; keepRows: Uint32Array }>): DocumentRows[] {
  const merged: DocumentRows[] = [];
  let firstRow = 0;
  for (const { documents, keepRows } of inputs) {
    let run = 0;
    for (const row of keepRows) {
      while (row >= documents[run]!.firstRow + documents[run]!.rows) run++;
      const source = documents[run]!;
      addRow(merged, source.document, source.firstOrdinal + row - source.firstRow, firstRow++);
    }
  }
  return merged;
}

function addRow(merged: DocumentRows[], document: DocumentInfo, ordinal: number, firstRow: number): void {
  const last = merged.at(-1);
  if (last && ordinal === last.firstOrdinal + last.rows && isSameDocument(last.document, document)) last.rows++;
  else merged.push({ document, firstRow, rows: 1, firstOrdinal: ordinal });
}

function isSameDocument(left: DocumentInfo, right: DocumentInfo): boolean {
  return left === right || (left.id === right.id && canonicalJson(left) === canonicalJson(right));
}
