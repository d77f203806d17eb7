/** Width of a text in em of the face that tables are set in; `code` is set in that of code. */
export type MeasureEm = (text: string, code?: boolean) => number;

/** What a column holds, in em: its widest cell, and its widest word, which is never broken. */
type Extent = { cellEm: number; wordEm: number; cellCharacters: number; wordCharacters: number };

const narrowestEm = 2;
/** Cells wider than this wrap; longer ones get a share more, up to `longCellEm`. */
const wrapsFromEm = 12;
const longCellEm = 60;
const share = 1 / 6;
/** A word longer than this, such as an address, is broken after all. */
const widestWordEm = 30;
/** The same where room is short. */
const widestSqueezedWordEm = 14;
/** No text is squeezed into less than this, however short its words. */
const readableEm = 6;
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

  add(column: number, cell: string, code = false): void {
    const extent = (this.columns[column] ??= { cellEm: 0, wordEm: 0, cellCharacters: 0, wordCharacters: 0 });
    const text = cell.slice(0, longestMeasured);
    if (text.length > extent.cellCharacters * surelyNarrower) {
      extent.cellEm = Math.max(extent.cellEm, this.measureEm(text, code));
      extent.cellCharacters = Math.max(extent.cellCharacters, text.length);
    }
    for (const word of text.split(breaks)) {
      if (word.length <= extent.wordCharacters * surelyNarrower) continue;
      extent.wordEm = Math.max(extent.wordEm, this.measureEm(word, code));
      extent.wordCharacters = Math.max(extent.wordCharacters, word.length);
    }
  }

  /** The width each column is best set in, in em, without the space between columns. */
  widthsEm(): number[] {
    return Array.from(this.columns, (extent) => (extent ? widthOf(extent) : narrowestEm));
  }

  /** The least width in em that each column can be squeezed into: its words stay whole. Never more than `widthsEm`. */
  leastEm(): number[] {
    return Array.from(this.columns, (extent) => (extent ? leastOf(extent) : narrowestEm));
  }
}

function widthOf({ cellEm, wordEm }: Extent): number {
  const wrapped = wrapsFromEm + Math.max(0, Math.min(cellEm, longCellEm) - wrapsFromEm) * share;
  return rounded(Math.min(cellEm, Math.max(Math.min(wordEm, widestWordEm), wrapped)));
}

function leastOf({ cellEm, wordEm }: Extent): number {
  return rounded(Math.min(cellEm, Math.max(Math.min(wordEm, widestSqueezedWordEm), readableEm)));
}

/** A little more than measured: rounding must not break a line. */
function rounded(widthEm: number): number {
  return Math.max(narrowestEm, Math.ceil(widthEm * 10 + 1) / 10);
}
