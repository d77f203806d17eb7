import type { Passage, PassageBlock } from '../document/passage.ts';
import type { Anchor, BlockKind } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import type { DocumentId } from '../ids.ts';

const blockKinds: ReadonlySet<string> = new Set<BlockKind>([
  'heading', 'paragraph', 'list-item', 'table-row', 'code', 'quote', 'caption', 'slide', 'sheet', 'running-head',
]);

/** One passage as a line of a `txt` part, without the line feed: JSON with its keys in a fixed order. */
export function encodePassage(passage: Passage): string {
  const { document, ordinal, start, text, headings } = passage;
  return JSON.stringify({ document, ordinal, start, text, headings, blocks: passage.blocks.map(orderBlock) });
}

function orderBlock({ at, kind, level, anchor, header }: PassageBlock): object {
  return { at, kind, level, anchor: anchor && { page: anchor.page, path: anchor.path }, header };
}

/** Reads such a line. The result has exactly the fields of `Passage`. Errors: `segment/corrupt`. */
export function decodePassage(line: string): Passage {
  const value = parse(line);
  return {
    document: readString(value['document']) as DocumentId,
    ordinal: readCount(value['ordinal']),
    start: readCount(value['start']),
    text: readString(value['text']),
    headings: readArray(value['headings']).map(readString),
    blocks: readArray(value['blocks']).map(readBlock),
  };
}

function readBlock(raw: unknown): PassageBlock {
  const value = readObject(raw);
  const kind = readString(value['kind']);
  if (!blockKinds.has(kind)) throw corrupt(`unknown kind of block ${kind.slice(0, 40)}`);
  const block: PassageBlock = { at: readCount(value['at']), kind: kind as BlockKind };
  if (value['level'] !== undefined) block.level = readCount(value['level']);
  if (value['anchor'] !== undefined) block.anchor = readAnchor(readObject(value['anchor']));
  if (value['header'] !== undefined) block.header = readString(value['header']);
  return block;
}

function readAnchor(value: Record<string, unknown>): Anchor {
  const anchor: Anchor = {};
  if (value['page'] !== undefined) anchor.page = readCount(value['page']);
  if (value['path'] !== undefined) anchor.path = readString(value['path']);
  return anchor;
}

function parse(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new AppError('segment/corrupt', 'txt part: a line is not JSON', { cause });
  }
  return readObject(value);
}

function readObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw corrupt('an object is missing');
}

function readArray(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw corrupt('a list is missing');
}

function readString(value: unknown): string {
  if (typeof value === 'string') return value;
  throw corrupt('a text is missing');
}

function readCount(value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw corrupt('a whole number is missing');
}

function corrupt(reason: string): AppError {
  return new AppError('segment/corrupt', `txt part: ${reason}`);
}
