import type { BlockKind } from '#core/document/parsed-document.ts';
import type { PassageBlock } from '#core/document/passage.ts';

/**
 * A block as the viewer sets it. Display blocks tile the document's text: white space between blocks belongs to the
 * block before it. `continues` is set on the later parts of a block too long to be set at once.
 */
export type DisplayBlock = { start: number; end: number; kind: BlockKind; level: number; header?: string; continues: boolean };

const longestBlock = 4_000;

/**
 * Makes display blocks of the blocks of a document's passages. A block that was cut between two passages comes as two;
 * it is known by having no line break before it and is joined again.
 */
export function toDisplayBlocks(text: string, blocks: readonly PassageBlock[]): DisplayBlock[] {
  const whole: DisplayBlock[] = [];
  const starts = blocks.filter((block, index) => index === 0 || !isRest(text, blocks[index - 1], block));
  starts.forEach((block, index) => {
    const start = index === 0 ? 0 : block.at;
    const end = starts[index + 1]?.at ?? text.length;
    if (end <= start) return;
    const { kind, level = 1, header } = block;
    whole.push({ start, end, kind, level, continues: false, ...(header !== undefined && { header }) });
  });
  if (whole.length === 0 && text.length > 0) whole.push({ start: 0, end: text.length, kind: 'paragraph', level: 1, continues: false });
  return whole.flatMap((block) => splitLong(text, block));
}

function isRest(text: string, before: PassageBlock | undefined, block: PassageBlock): boolean {
  if (!before || before.kind !== block.kind || before.level !== block.level || before.header !== block.header) return false;
  const lead = text.slice(Math.max(before.at, block.at - 8), block.at);
  return !/\n\s*$/u.test(lead);
}

function splitLong(text: string, block: DisplayBlock): DisplayBlock[] {
  if (block.end - block.start <= longestBlock) return [block];
  const parts: DisplayBlock[] = [];
  for (let start = block.start; start < block.end; ) {
    const end = cutBefore(text, start, Math.min(block.end, start + longestBlock), block.end);
    parts.push({ ...block, start, end, continues: start > block.start });
    start = end;
  }
  return parts;
}

/** A place to cut at or before `at`: after a line break, else after white space, else between two characters. */
function cutBefore(text: string, start: number, at: number, end: number): number {
  if (at >= end) return end;
  // Searched in the part alone: in a text of one line a search to its beginning would be taken again for every part.
  const part = text.slice(start, at);
  const line = part.lastIndexOf('\n') + 1;
  if (line > 0) return start + line;
  const space = part.lastIndexOf(' ') + 1;
  if (space > longestBlock / 2) return start + space;
  const low = text.charCodeAt(at);
  return low >= 0xdc00 && low <= 0xdfff ? at - 1 : at;
}
