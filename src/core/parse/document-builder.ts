import type { Anchor, Block, BlockKind } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';

export type BlockOptions = { level?: number | undefined; anchor?: Anchor | undefined; header?: string | undefined };

/** Kinds that follow each other without an empty line. */
const dense = new Set<BlockKind>(['table-row', 'list-item']);

/** Writes a document's text block by block; keeps `Block`'s promise that only white space lies between blocks. */
export class DocumentBuilder {
  readonly blocks: Block[] = [];
  private readonly pieces: string[] = [];
  private readonly limit: number;
  private characters = 0;

  /** `limit`: UTF-16 units the text may have. */
  constructor(limit: number) {
    this.limit = limit;
  }

  get length(): number {
    return this.characters;
  }

  get text(): string {
    return this.pieces.join('');
  }

  /** Adds a block of `text` without its outer white space, but with the tabs of a row's empty cells; nothing when nothing is left. */
  add(kind: BlockKind, text: string, options: BlockOptions = {}): void {
    const trimmed = (kind === 'table-row' ? text.replace(/^[^\S\t]+|[^\S\t]+$/gu, '') : text.trim()).replaceAll('\0', ' ');
    if (trimmed.trim() === '') return;
    const before = this.blocks.at(-1);
    if (before !== undefined) this.write(before.kind === kind && dense.has(kind) ? '\n' : '\n\n');
    const start = this.characters;
    this.write(trimmed);
    const { level, anchor, header } = options;
    this.blocks.push({
      kind,
      start,
      end: this.characters,
      ...(level !== undefined && { level }),
      ...(anchor !== undefined && { anchor }),
      ...(header !== undefined && header !== '' && { header }),
    });
  }

  private write(text: string): void {
    this.characters += text.length;
    if (this.characters > this.limit) {
      throw new AppError('source/too-large', `the text is longer than ${this.limit} characters`, { detail: { limitCharacters: this.limit } });
    }
    this.pieces.push(text);
  }
}
