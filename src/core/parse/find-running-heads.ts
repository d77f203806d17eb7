import type { PdfPageLayout } from './layout-pdf-page.ts';

type LayoutBlock = PdfPageLayout['blocks'][number];

const longest = 120;
const fewestPages = 3;
const fewestRepeats = 2;

/**
 * The blocks that head or foot the pages of a document: the first or last of their page, short, and the same on
 * another page but for numbers; or a page number alone. They are text like any other but say nothing by themselves.
 */
export function findRunningHeads(layouts: readonly PdfPageLayout[]): ReadonlySet<LayoutBlock> {
  const found = new Set<LayoutBlock>();
  if (layouts.length < fewestPages) return found;
  const edges = layouts.flatMap(({ text, blocks }) =>
    [...new Set([blocks[0], blocks.at(-1)])].flatMap((block) => (block ? [{ block, words: wordsOf(text.slice(block.start, block.end)) }] : [])),
  );
  const counts = new Map<string, number>();
  for (const { words } of edges) if (words !== undefined) counts.set(words, (counts.get(words) ?? 0) + 1);
  for (const { block, words } of edges) if (words !== undefined && (words === '' || (counts.get(words) ?? 0) >= fewestRepeats)) found.add(block);
  return found;
}

/** What a head says besides numbers; undefined where it is too long to be one. */
function wordsOf(text: string): string | undefined {
  if (text.length > longest) return undefined;
  return text.replace(/[\p{N}\p{P}]+/gu, ' ').replace(/\s+/gu, ' ').trim().toLowerCase();
}
