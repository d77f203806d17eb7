/**
 * Which rows of a segment are deleted: bit r of byte r >> 3, least significant first. `undefined` means none. Bitmaps
 * are never changed in place, since older heads share them.
 */
export type Tombstones = Uint8Array | undefined;

export function isDeleted(tombstones: Tombstones, row: number): boolean {
  return tombstones !== undefined && ((tombstones[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

/** A new bitmap with these rows deleted as well; rows outside the segment are ignored. */
export function withDeleted(tombstones: Tombstones, rows: number, deleted: Iterable<number>): Tombstones {
  const next = new Uint8Array(tombstoneBytes(rows));
  if (tombstones) next.set(tombstones.subarray(0, next.length));
  for (const row of deleted) if (row >= 0 && row < rows) next[row >> 3]! |= 1 << (row & 7);
  return orNone(next);
}

/** A new bitmap with these rows alive again. */
export function withRestored(tombstones: Tombstones, restored: Iterable<number>): Tombstones {
  if (!tombstones) return undefined;
  const next = tombstones.slice();
  for (const row of restored) if (row >= 0 && row >> 3 < next.length) next[row >> 3]! &= ~(1 << (row & 7));
  return orNone(next);
}

export function countDeleted(tombstones: Tombstones): number {
  let count = 0;
  for (const byte of tombstones ?? []) for (let bits = byte; bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** The rows that are not deleted, rising. */
export function liveRows(tombstones: Tombstones, rows: number): Uint32Array {
  const live = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (!isDeleted(tombstones, row)) live[count++] = row;
  return live.slice(0, count);
}

export function tombstoneBytes(rows: number): number {
  return (rows + 7) >> 3;
}

function orNone(bitmap: Uint8Array): Tombstones {
  return bitmap.some((byte) => byte !== 0) ? bitmap : undefined;
}
