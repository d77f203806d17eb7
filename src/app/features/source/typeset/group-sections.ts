import type { DisplayBlock } from './display-block.ts';

/** A run of blocks that enters and leaves the page as one. Sections tile the text. */
export type Section = { start: number; end: number; blocks: DisplayBlock[] };

const sectionCharacters = 6_000;
const sectionBlocks = 60;
const mostSections = 1_000;

/**
 * Groups blocks into sections of a few screens; a huge document gets larger ones, so that there are never many. With
 * `startsSheet`, such a block always begins a section (each slide on its own sheet).
 */
export function groupSections(blocks: readonly DisplayBlock[], startsSheet: (block: DisplayBlock) => boolean = () => false): Section[] {
  const characters = Math.max(sectionCharacters, (blocks.at(-1)?.end ?? 0) / mostSections);
  const count = Math.max(sectionBlocks, blocks.length / mostSections);
  const sections: Section[] = [];
  for (const block of blocks) {
    const last = sections.at(-1);
    const full = !last || last.end - last.start >= characters || last.blocks.length >= count;
    if (full || startsSheet(block)) sections.push({ start: block.start, end: block.end, blocks: [block] });
    else {
      last.blocks.push(block);
      last.end = block.end;
    }
  }
  return sections;
}

/** Index of the section that holds the character at `offset`; the nearest where none does. */
export function sectionAt(sections: readonly { start: number }[], offset: number): number {
  let [low, high] = [0, sections.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sections[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

const lineCharacters = 58;
const linePx = 24;
const blockGapPx = 12;
const tableRowPx = 31;

/** About how tall a section is at zoom 1, before it has been seen. */
export function estimateHeightPx(section: Section): number {
  return section.blocks.reduce((sum, { kind, start, end }) => {
    return sum + (kind === 'table-row' ? tableRowPx : Math.ceil((end - start) / lineCharacters) * linePx + blockGapPx);
  }, 0);
}
