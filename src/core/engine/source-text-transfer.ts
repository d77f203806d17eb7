import type { BlockKind } from '../document/parsed-document.ts';
import type { SourceBlock, SourceText } from './engine-api.ts';

/** The blocks of a document as columns: a structured clone of many thousand objects would hold the page up. */
export type PackedBlocks = {
  at: Uint32Array;
  /** Indices into `kinds`. */
  kind: Uint8Array;
  kinds: BlockKind[];
  /** One more than the level; 0 for a block without one. */
  level: Uint32Array;
  /** One more than the index into `headers`; 0 for a block without a header. */
  header: Uint32Array;
  headers: string[];
};

type Wire = Omit<SourceText, 'blocks'> & { packedBlocks: PackedBlocks };

/** The part of comlink's `TransferHandler` that source texts need. */
type SourceTextHandler = {
  canHandle(value: unknown): value is SourceText;
  serialize(value: SourceText): [Wire, ArrayBuffer[]];
  deserialize(wire: Wire): SourceText;
};

/** Number of `value` in `values`, where it is put if it is new. */
class Numbers<T> {
  readonly values: T[] = [];
  readonly #known = new Map<T, number>();

  of(value: T): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

export function packBlocks(blocks: readonly SourceBlock[]): PackedBlocks {
  const [kinds, headers] = [new Numbers<BlockKind>(), new Numbers<string>()];
  return {
    at: Uint32Array.from(blocks, ({ at }) => at),
    kind: Uint8Array.from(blocks, ({ kind }) => kinds.of(kind)),
    kinds: kinds.values,
    level: Uint32Array.from(blocks, ({ level }) => (level === undefined ? 0 : level + 1)),
    header: Uint32Array.from(blocks, ({ header }) => (header === undefined ? 0 : headers.of(header) + 1)),
    headers: headers.values,
  };
}

/** The inverse of `packBlocks`. */
export function unpackBlocks({ at, kind, kinds, level, header, headers }: PackedBlocks): SourceBlock[] {
  return Array.from(at, (start, index) => {
    const block: SourceBlock = { at: start, kind: kinds[kind[index] ?? 0] ?? 'paragraph' };
    const [levelMark = 0, headerMark = 0] = [level[index], header[index]];
    if (levelMark > 0) block.level = levelMark - 1;
    const text = headerMark > 0 ? headers[headerMark - 1] : undefined;
    if (text !== undefined) block.header = text;
    return block;
  });
}

/** A comlink handler, to be set on both sides of a port under one key, by which a `SourceText` crosses in columns. */
export const sourceTextTransfer: SourceTextHandler = {
  canHandle: (value): value is SourceText => typeof value === 'object' && value !== null && 'text' in value && 'blocks' in value && 'source' in value,
  serialize: ({ blocks, ...rest }) => {
    const packedBlocks = packBlocks(blocks);
    const { at, kind, level, header } = packedBlocks;
    return [{ ...rest, packedBlocks }, [at.buffer, kind.buffer, level.buffer, header.buffer] as ArrayBuffer[]];
  },
  deserialize: ({ packedBlocks, ...rest }) => ({ ...rest, blocks: unpackBlocks(packedBlocks) }),
};
