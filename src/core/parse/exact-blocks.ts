import type { Block, BlockKind } from '../document/parsed-document.ts';

/** Longest block made of plain text, in UTF-16 units; longer paragraphs become several, so that no one works on megabytes at once. */
export const longestBlock = 16_384;

/** The range without white space at its ends; undefined when nothing is left. */
export function trimRange(text: string, from: number, to: number): [number, number] | undefined {
  let [start, end] = [from, to];
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return start < end ? [start, end] : undefined;
}

/** The code units that `String.prototype.trim` removes. */
export function isSpace(unit: number): boolean {
  if (unit === 32 || (unit >= 9 && unit <= 13)) return true;
  if (unit < 160) return false;
  return unit === 160 || unit === 0x1680 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x2028 || unit === 0x2029
    || unit === 0x202f || unit === 0x205f || unit === 0x3000 || unit === 0xfeff;
}

/** Where to cut a long stretch, at most `limit` behind `from`: after a line, a sentence, a word, else before a whole character. */
function cutBefore(text: string, from: number, limit: number): number {
  const half = from + limit / 2;
  const window = text.slice(half, from + limit);
  for (const mark of ['\n', '. ', '。', ' ']) {
    const at = window.lastIndexOf(mark);
    if (at >= 0) return half + at + mark.length;
  }
  const unit = text.charCodeAt(from + limit - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? from + limit - 1 : from + limit;
}

/** Adds blocks of `kind` over `from` to `to` of an unchanged text, cut where it is longer than `limit`. */
export function pushExact(blocks: Block[], text: string, kind: BlockKind, from: number, to: number, limit = longestBlock): void {
  let range = trimRange(text, from, to);
  while (range !== undefined) {
    const [start, end] = range;
    const cut = end - start > limit ? cutBefore(text, start, limit) : end;
    const piece = trimRange(text, start, cut);
    if (piece !== undefined) blocks.push({ kind, start: piece[0], end: piece[1] });
    range = trimRange(text, cut, end);
  }
}
