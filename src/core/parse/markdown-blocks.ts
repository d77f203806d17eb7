import MarkdownIt from 'markdown-it';
import type { Block, BlockKind } from '../document/parsed-document.ts';
import { pushExact, trimRange } from './exact-blocks.ts';
import { lineStarts } from './split-lines.ts';

type Token = { type: string; tag: string; map: [number, number] | null; nesting: number };
type Leaf = { kind: BlockKind; level?: number; first: number; last: number; headRow?: boolean };

const frontMatter = /^---\r?\n[\s\S]{0,20000}?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/u;
const leafKinds: Record<string, BlockKind> = { fence: 'code', code_block: 'code', html_block: 'paragraph', heading_open: 'heading', tr_open: 'table-row' };

/** The end of a YAML front matter at the text's start; 0 where there is none. */
export function frontMatterEnd(text: string): number {
  return frontMatter.exec(text)?.[0].length ?? 0;
}

function kindOfParagraph(lists: number, quotes: number): { kind: BlockKind; level?: number } {
  if (lists > 0) return { kind: 'list-item', level: lists };
  return { kind: quotes > 0 ? 'quote' : 'paragraph' };
}

/** The innermost blocks with the lines they stand on. */
function leavesOf(tokens: readonly Token[]): Leaf[] {
  const leaves: Leaf[] = [];
  let [lists, quotes, head] = [0, 0, false];
  for (const { type, tag, map, nesting } of tokens) {
    if (type === 'bullet_list_open' || type === 'ordered_list_open') lists += 1;
    if (type === 'bullet_list_close' || type === 'ordered_list_close') lists -= 1;
    if (type === 'blockquote_open' || type === 'blockquote_close') quotes += nesting;
    if (type === 'thead_open' || type === 'thead_close') head = nesting === 1;
    if (map === null) continue;
    const place = { first: map[0], last: map[1] };
    if (type === 'paragraph_open') leaves.push({ ...kindOfParagraph(lists, quotes), ...place });
    const kind = leafKinds[type];
    if (kind === undefined) continue;
    leaves.push({ kind, ...place, ...(kind === 'heading' && { level: Number(tag[1]) }), ...(head && { headRow: true }) });
  }
  return leaves;
}

class BlockCover {
  readonly blocks: Block[] = [];
  private readonly text: string;
  private readonly starts: readonly number[];
  private from: number;
  private header: string | undefined;

  constructor(text: string, from: number) {
    this.text = text;
    this.from = from;
    this.starts = lineStarts(text);
  }

  leaf({ kind, level, first, last, headRow }: Leaf): void {
    const [start, end] = [this.starts[first] ?? this.text.length, this.starts[last] ?? this.text.length];
    if (start < this.from || end <= start) return;
    this.fill(start, kind === 'table-row');
    const before = this.blocks.length;
    if (kind === 'heading' || kind === 'table-row') this.whole(kind, start, end);
    else pushExact(this.blocks, this.text, kind, start, end);
    for (const block of this.blocks.slice(before)) {
      if (level !== undefined) block.level = level;
      if (kind === 'table-row' && !headRow && this.header !== undefined) block.header = this.header;
    }
    if (headRow) this.header = this.text.slice(start, end).trim();
    this.from = end;
  }

  private whole(kind: BlockKind, from: number, to: number): void {
    const range = trimRange(this.text, from, to);
    if (range !== undefined) this.blocks.push({ kind, start: range[0], end: range[1] });
  }

  /** Lines in no leaf (rules, link definitions, empty items) are paragraphs; those within a table belong to the row above. */
  fill(to: number, inTable = false): void {
    const range = trimRange(this.text, this.from, to);
    const last = this.blocks.at(-1);
    if (range !== undefined && inTable && last?.kind === 'table-row') last.end = range[1];
    else if (range !== undefined) pushExact(this.blocks, this.text, 'paragraph', range[0], range[1]);
    this.from = Math.max(this.from, to);
  }
}

/**
 * The blocks of Markdown (CommonMark with tables) over the unchanged text: each covers its lines, marks and all, and
 * together they cover all that is not white space.
 */
export function markdownBlocks(text: string): Block[] {
  const parser = new MarkdownIt('default', { html: true });
  const skipped = frontMatterEnd(text);
  // Front matter is blanked, not cut away, so that lines keep their numbers.
  const body = text.slice(0, skipped).replace(/[^\r\n]/gu, ' ') + text.slice(skipped);
  const tokens: Token[] = [];
  parser.block.parse(body.replace(/\r\n?/gu, '\n').replaceAll('\0', '\ufffd'), parser, {}, tokens as never);
  const cover = new BlockCover(text, 0);
  if (skipped > 0) cover.fill(skipped);
  for (const leaf of leavesOf(tokens)) cover.leaf(leaf);
  cover.fill(text.length);
  return cover.blocks;
}
