let context: CanvasRenderingContext2D | null | undefined;
/** What was set last: the context gives back its font in other words, and setting it costs more than measuring. */
let lastFont = '';

/** Width in pixels of `text` in a font, as the page would set it; 0 where there is no canvas. */
export function textWidthPx(text: string, fontSizePx: number, fontFamily: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  const font = `${fontSizePx}px ${fontFamily}`;
  if (font !== lastFont) context.font = lastFont = font;
  return context.measureText(text).width;
}
