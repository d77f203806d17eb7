import type { Block } from '../document/parsed-document.ts';

/** Longest title kept in a path, in UTF-16 units: a "heading" of a page's length is a parser's guess, not a title. */
const maxTitleLength = 120;

/** The headings open at a place of a document, outermost first. */
export class HeadingPath {
  #open: { level: number; title: string }[] = [];

  /** Takes the next block in reading order; all but headings and sheets leave the path as it is. */
  enter(block: Block, text: string): void {
    const level = headingLevel(block);
    if (level === undefined) return;
    this.#open = this.#open.filter((heading) => heading.level < level);
    const title = titleOf(text.slice(block.start, Math.min(block.end, block.start + 4 * maxTitleLength)));
    if (title !== '') this.#open.push({ level, title });
  }

  /** The titles above what comes next; a heading that comes next closes those of its own depth. */
  titlesAbove(next: Block | undefined): string[] {
    const level = (next && headingLevel(next)) ?? Infinity;
    return this.#open.filter((heading) => heading.level < level).map((heading) => heading.title);
  }
}

/** Depth of a block that opens a section, from 1; undefined for the blocks that open none. */
export function headingLevel(block: Block): number | undefined {
  if (block.kind === 'heading') return Math.max(1, block.level ?? 1);
  return block.kind === 'sheet' || block.kind === 'slide' ? 1 : undefined;
}

function titleOf(text: string): string {
  const title = text.replace(/^[#=\s]+|[#=\s]+$/gu, '').replace(/\s+/gu, ' ');
  if (title.length <= maxTitleLength) return title;
  const cut = title.slice(0, maxTitleLength);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), maxTitleLength / 2)).replace(/[\ud800-\udbff]$/, '');
}
