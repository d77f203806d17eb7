/** Width of a text in em of the face that tables are set in. */
export type MeasureEm = (text: string) => number;

/** What a column holds, in em: its widest cell, and its widest word, which is never broken. */
type Extent = { cellEm: number; wordEm: number; cellCharacters: number; wordCharacters: number };

const narrowestEm = 2;
/** Cells wider than this wrap; longer ones get a share more, up to `longCellEm`. */
const wrapsFromEm = 12;
const longCellEm = 60;
const share = 1 / 6;
/** A word longer than this, such as an address, is broken after all. */
const widestWordEm = 30;
const longestMeasured = 200;
/** A text this much shorter than the longest one is not wider. */
const surelyNarrower = 0.6;

const breaks = /\s+|(?<=[-–—/])|(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])/u;

/** Widths for the columns of a table by what their cells hold: whole words, and no wider than long cells need. */
export class ColumnWidths {
  private readonly columns: Extent[] = [];
  private readonly measureEm: MeasureEm;

  constructor(measureEm: MeasureEm) {
    this.measureEm = measureEm;
  }

  add(column: number, cell: string): void {
    const extent = (this.columns[column] ??= { cellEm: 0, wordEm: 0, cellCharacters: 0, wordCharacters: 0 });
    const text = cell.slice(0, longestMeasured);
    if (text.length > extent.cellCharacters * surelyNarrower) {
      extent.cellEm = Math.max(extent.cellEm, this.measureEm(text));
      extent.cellCharacters = Math.max(extent.cellCharacters, text.length);
    }
    for (const word of text.split(breaks)) {
      if (word.length <= extent.wordCharacters * surelyNarrower) continue;
      extent.wordEm = Math.max(extent.wordEm, this.measureEm(word));
      extent.wordCharacters = Math.max(extent.wordCharacters, word.length);
    }
  }

  /** The width of each column in em, without the space between columns. */
  widthsEm(): number[] {
    return Array.from(this.columns, (extent) => (extent ? widthOf(extent) : narrowestEm));
  }
}

function widthOf({ cellEm, wordEm }: Extent): number {
  const wrapped = wrapsFromEm + Math.max(0, Math.min(cellEm, longCellEm) - wrapsFromEm) * share;
  const width = Math.min(cellEm, Math.max(Math.min(wordEm, widestWordEm), wrapped));
  // A little more than measured: rounding must not break a line.
  return Math.max(narrowestEm, Math.ceil(width * 10 + 1) / 10);
}
