import { layoutPdfPage, type PdfTextItem } from '#core/parse/layout-pdf-page.ts';

/**
 * A stretch of a page's text and where it stands. `start` to `textEnd` is what one text item contributes, `textEnd` to
 * `end` the white space after it; pieces tile the page's range of the document's text. Lengths are CSS pixels at
 * zoom 1 from the page's top left corner; `width` is what the piece takes up along its line.
 */
export type PlacedPiece = {
  start: number;
  textEnd: number;
  end: number;
  left: number;
  top: number;
  width: number;
  fontSize: number;
  /** Degrees, clockwise. */
  angle: number;
  fontFamily: string;
};

export type PdfFontStyle = { fontFamily: string; ascent: number; descent: number };

export type PageText = { items: readonly PdfTextItem[]; styles: Readonly<Record<string, PdfFontStyle>> };

type Frame = { width: number; height: number; /** Maps page space to the view's, 6 numbers. */ transform: readonly number[] };

const usualAscent = 0.8;

/**
 * Places a page's text: the same layout that the parser made the document's text with, so that offsets agree. `range` is
 * the page's part of `text`. Where the layout does not fit that text (the source was read by another version), undefined.
 */
export function placePieces(text: string, range: { start: number; end: number }, page: PageText, frame: Frame): PlacedPiece[] | undefined {
  const layout = layoutPdfPage(page.items, frame);
  const first = text.startsWith(layout.text, range.start) ? range.start : text.indexOf(layout.text, range.start);
  if (first < 0 || first + layout.text.length > range.end) return undefined;
  // White space around a page without text counts as a piece of it.
  if (layout.pieces.length === 0) return range.end > range.start ? [{ ...nowhere, start: range.start, textEnd: range.start, end: range.end }] : [];
  return layout.pieces.map((piece, index) => {
    const next = layout.pieces[index + 1];
    const item = page.items[piece.item];
    const textEnd = first + piece.end;
    const start = index === 0 ? range.start : first + piece.start;
    const place = item ? placeItem(item, piece, page.styles[item.fontName], frame) : nowhere;
    return { ...place, start, textEnd, end: next ? first + next.start : range.end };
  });
}

type Place = Omit<PlacedPiece, 'start' | 'textEnd' | 'end'>;

const nowhere: Place = { left: 0, top: 0, width: 0, fontSize: 1, angle: 0, fontFamily: 'sans-serif' };

function multiply(left: readonly number[], right: readonly number[]): [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = left;
  const [a2 = 1, b2 = 0, c2 = 0, d2 = 1, e2 = 0, f2 = 0] = right;
  return [a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2, a * e2 + c * f2 + e, b * e2 + d * f2 + f];
}

function placeItem(item: PdfTextItem, piece: { start: number; end: number; from: number }, style: PdfFontStyle | undefined, frame: Frame): Place {
  const [a, b, c, d, x, y] = multiply(frame.transform, item.transform);
  const fontSize = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const radians = Math.atan2(b, a);
  const ascent = fontSize * (style?.ascent || (style?.descent ? 1 + style.descent : usualAscent));
  const length = Math.max(1, item.str.length);
  const scale = Math.abs(item.width) * (Math.hypot(frame.transform[0] ?? 1, frame.transform[1] ?? 0));
  const before = item.dir === 'rtl' ? length - piece.from - (piece.end - piece.start) : piece.from;
  const along = (scale * before) / length;
  return {
    left: x + ascent * Math.sin(radians) + along * Math.cos(radians),
    top: y - ascent * Math.cos(radians) + along * Math.sin(radians),
    width: (scale * (piece.end - piece.start)) / length,
    fontSize,
    angle: (radians * 180) / Math.PI,
    fontFamily: style?.fontFamily ?? 'sans-serif',
  };
}
