/** First and last byte of a part of a file, both included. */
export type ByteRange = { first: number; last: number };

/**
 * What a `Range` header asks of a file: one range of bytes, `'whole'` where there is no such header or none that has to be
 * heeded (other units, several ranges, bad form), or `'unsatisfiable'` where it lies beyond the end (RFC 9110, 14.2).
 */
export function readByteRange(header: string | undefined, bytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=\s*(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))\s*$/i.exec(header ?? '');
  if (!match) return 'whole';
  const [, from, to, suffix] = match;
  if (suffix !== undefined) return suffixRange(Number(suffix), bytes);
  const first = Number(from);
  if (to !== undefined && Number(to) < first) return 'whole';
  if (first >= bytes) return 'unsatisfiable';
  return { first, last: to === undefined ? bytes - 1 : Math.min(Number(to), bytes - 1) };
}

function suffixRange(length: number, bytes: number): ByteRange | 'unsatisfiable' {
  if (length === 0 || bytes === 0) return 'unsatisfiable';
  return { first: Math.max(0, bytes - length), last: bytes - 1 };
}
