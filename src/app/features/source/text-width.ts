let context: CanvasRenderingContext2D | null | undefined;

/** Width in pixels of `text` in a font, as the page would set it; 0 where there is no canvas. */
export function textWidthPx(text: string, fontSizePx: number, fontFamily: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  const font = `${fontSizePx}px ${fontFamily}`;
  if (context.font !== font) context.font = font;
  return context.measureText(text).width;
}
