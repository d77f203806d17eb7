export type ListView = { top: number; height: number; rowHeight: number; rows: number };

const spareRows = 12;

/** Which rows of equal height a viewport needs, with some to spare on both sides: `first` inclusive, `end` exclusive. */
export function visibleRange({ top, height, rowHeight, rows }: ListView): { first: number; end: number } {
  if (rows <= 0 || rowHeight <= 0) return { first: 0, end: Math.max(0, rows) };
  const first = Math.min(rows, Math.max(0, Math.floor(top / rowHeight) - spareRows));
  const end = Math.min(rows, Math.max(first, Math.ceil((top + height) / rowHeight) + spareRows));
  return { first, end };
}
