import type { ParsedDocument } from '../document/parsed-document.ts';

/**
 * The promises of `ParsedDocument` that the given document breaks, each in words; none when it is sound: blocks are in
 * order, do not overlap, lie inside the text and have text; only white space lies between them; pages begin in rising
 * order inside the text; page numbers lie within the pages.
 */
export function checkParsedDocument(document: ParsedDocument): string[] {
  return [...checkBlocks(document), ...checkPages(document)];
}

function checkBlocks({ text, blocks }: ParsedDocument): string[] {
  const broken: string[] = [];
  let end = 0;
  blocks.forEach((block, index) => {
    if (!Number.isInteger(block.start) || !Number.isInteger(block.end)) broken.push(`block ${index} has no whole offsets`);
    if (block.start < end) broken.push(`block ${index} begins at ${block.start}, before ${end}`);
    if (block.end <= block.start) broken.push(`block ${index} is empty`);
    if (block.end > text.length) broken.push(`block ${index} ends at ${block.end} of ${text.length}`);
    if (text.slice(end, block.start).trim() !== '') broken.push(`text before block ${index} lies in no block`);
    if (block.level !== undefined && !(block.level >= 1)) broken.push(`block ${index} has level ${block.level}`);
    end = Math.max(end, block.end);
  });
  if (text.slice(end).trim() !== '') broken.push('text after the last block lies in no block');
  return broken;
}

function checkPages({ text, blocks, pageStarts, coverage }: ParsedDocument): string[] {
  const broken: string[] = [];
  pageStarts?.forEach((start, index) => {
    if (start < (pageStarts[index - 1] ?? 0) || start > text.length) broken.push(`page ${index + 1} begins at ${start}`);
  });
  const pages = coverage?.pages ?? pageStarts?.length;
  if (pages === undefined) return broken;
  if (pageStarts !== undefined && pageStarts.length !== pages) broken.push(`${pageStarts.length} page starts for ${pages} pages`);
  for (const page of coverage?.unreadPages ?? []) {
    if (!(page >= 1 && page <= pages)) broken.push(`unread page ${page} of ${pages}`);
  }
  blocks.forEach((block, index) => {
    const page = block.anchor?.page;
    if (page === undefined || pageStarts === undefined) return;
    const next = pageStarts[page] ?? text.length;
    if (block.start < (pageStarts[page - 1] ?? Infinity) || block.end > next) broken.push(`block ${index} is not on its page ${page}`);
  });
  return broken;
}
