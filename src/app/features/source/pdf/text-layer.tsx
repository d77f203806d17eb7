import type { CSSProperties, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { MarkedText, type Overlay } from '../marks/marked-text.tsx';
import { plainStyle, type StyledRun } from '../marks/styled-run.ts';
import type { PageSize } from './open-pdf.ts';
import type { PlacedPiece } from './text-layer-pieces.ts';
import { textWidthPx } from '../text-width.ts';

type Properties = { text: string; pieces: readonly PlacedPiece[]; size: PageSize; scale: number; overlay: Overlay; language: string };

/**
 * The page's text, invisible and selectable, over its picture: a span a piece, in reading order, each holding the piece
 * and the white space after it, so that the layer's text content is the page's text. Evidence shows through as marks.
 */
export function TextLayer({ text, pieces, size, scale, overlay, language }: Properties): VNode {
  const styles = useMemo(() => pieces.map((piece, index) => placeStyle(text, piece, pieces[index + 1])), [text, pieces]);
  const spans = useMemo(
    () => pieces.map((piece, index) => (
      <span key={piece.start} data-at={piece.start} dir="auto" style={styles[index]}>
        <MarkedText text={text} start={piece.start} end={piece.end} runs={pieceRuns(piece)} overlay={overlay} />
      </span>
    )),
    [styles, overlay],
  );
  return (
    <div
      class="pdf-text"
      lang={language === 'und' ? undefined : language}
      style={{ inlineSize: `${size.width}px`, blockSize: `${size.height}px`, transform: `scale(${scale})` }}
    >
      {spans}
    </div>
  );
}

function pieceRuns({ start, textEnd, end }: PlacedPiece): StyledRun[] {
  return [{ start, end: textEnd, style: plainStyle }, { start: textEnd, end, style: { gap: true } }];
}

/** Width of the white space between two pieces of one line, so that a mark runs through. */
function gapPx(piece: PlacedPiece, next: PlacedPiece | undefined): number {
  const sameLine = next && next.angle === piece.angle && piece.angle === 0 && Math.abs(next.top - piece.top) < piece.fontSize / 2;
  const gap = sameLine ? next.left - piece.left - piece.width : 0;
  return gap > 0 && gap < 2 * piece.fontSize ? gap : 0;
}

function placeStyle(text: string, piece: PlacedPiece, next: PlacedPiece | undefined): CSSProperties {
  const natural = textWidthPx(text.slice(piece.start, piece.textEnd), piece.fontSize, piece.fontFamily);
  const stretch = natural > 0 && piece.width > 0 ? piece.width / natural : 1;
  const turn = Math.abs(piece.angle) > 0.01 ? `rotate(${piece.angle}deg) ` : '';
  return {
    left: `${piece.left}px`,
    top: `${piece.top}px`,
    fontSize: `${piece.fontSize}px`,
    fontFamily: piece.fontFamily,
    '--gap': `${gapPx(piece, next) / stretch}px`,
    transform: `${turn}scaleX(${stretch})`,
  };
}
