import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import type { Passage, PassageBlock } from '../document/passage.ts';
import type { DocumentId } from '../ids.ts';
import { chooseCut } from './choose-cut.ts';
import { HeadingPath } from './heading-path.ts';

/** Names the rules and their version; part of a profile, so that passages cut by other rules are never mixed up with these. */
export const chunkerId = 'structure-1';

/** About 1,000 characters of English. */
export const defaultTargetTokens = 230;

export type ChunkOptions = {
  document: DocumentId;
  /** Tokens of a text by the profile's tokenizer. Called only where a passage might come near `maxTokens`. */
  countTokens(text: string): number;
  /** The model's limit: no passage exceeds it, its headings (a line each) included. */
  maxTokens: number;
  /** Size aimed at, in estimated tokens. */
  targetTokens?: number;
};

/** A tokenizer makes at most this many tokens of one UTF-16 unit (byte-level ones make up to 4 of a pair, 3 of a unit). */
const maxTokensOfUnit = 4;

/**
 * Cuts a document into passages, in order. They are contiguous and lossless: joined, their texts are the document's text.
 * A passage ends before a heading, between paragraphs, items or rows, or between sentences, in this order of preference;
 * only a sentence longer than a passage is cut between words, and a word longer than one between characters (never within
 * a surrogate pair). Yields lazily: time is linear, and beside the document only the passage at hand is in memory.
 * A document without a character gives no passage.
 */
export function* chunkPassages(document: ParsedDocument, options: ChunkOptions): Generator<Passage, void, undefined> {
  const { text } = document;
  const blocks: Block[] = document.blocks.length > 0 ? document.blocks : [{ kind: 'paragraph', start: 0, end: text.length }];
  const path = new HeadingPath();
  let firstBlock = 0;
  let start = 0;
  for (let ordinal = 0; start < text.length; ordinal += 1) {
    const next = blocks[firstBlock];
    const headings = fittingHeadings(path.titlesAbove(next && next.start >= start ? next : undefined), options);
    const end = fittingCut(text, blocks, { start, firstBlock }, headings, options);
    yield { document: options.document, ordinal, start, text: text.slice(start, end), headings, blocks: blocksWithin(blocks, firstBlock, start, end) };
    for (; (blocks[firstBlock]?.start ?? end) < end; firstBlock += 1) path.enter(blocks[firstBlock] as Block, text);
    if ((blocks[firstBlock - 1]?.end ?? 0) > end) firstBlock -= 1;
    start = end;
  }
}

/** All passages of `chunkPassages` at once. */
export function chunkDocument(document: ParsedDocument, options: ChunkOptions): Passage[] {
  return [...chunkPassages(document, options)];
}

/** Cuts where `chooseCut` says, with a smaller aim as long as the real tokenizer finds the passage too long. */
function fittingCut(text: string, blocks: readonly Block[], from: { start: number; firstBlock: number }, headings: string[], options: ChunkOptions): number {
  let target = Math.min(options.targetTokens ?? defaultTargetTokens, options.maxTokens);
  for (;;) {
    const end = chooseCut(text, blocks, from, target);
    const indexed = [...headings, text.slice(from.start, end)].join('\n');
    if (indexed.length * maxTokensOfUnit <= options.maxTokens) return end;
    const tokens = options.countTokens(indexed);
    if (tokens <= options.maxTokens || end - from.start <= 2) return end;
    target *= Math.max(0.1, Math.min(0.9, (0.9 * options.maxTokens) / tokens));
  }
}

/** The innermost headings that take up at most a quarter of the model's limit. */
function fittingHeadings(headings: string[], options: ChunkOptions): string[] {
  const isFit = (titles: string[]) => {
    const joined = titles.join('\n');
    return joined.length * maxTokensOfUnit * 4 <= options.maxTokens || options.countTokens(joined) * 4 <= options.maxTokens;
  };
  let first = 0;
  while (first < headings.length && !isFit(headings.slice(first))) first += 1;
  return headings.slice(first);
}

function blocksWithin(blocks: readonly Block[], firstBlock: number, start: number, end: number): PassageBlock[] {
  const inside: PassageBlock[] = [];
  for (let i = firstBlock; i < blocks.length; i += 1) {
    const { kind, level, anchor, header, start: blockStart, end: blockEnd } = blocks[i] as Block;
    if (blockStart >= end) break;
    if (blockEnd <= start) continue;
    inside.push({
      at: Math.max(blockStart, start) - start,
      kind,
      ...(level !== undefined && { level }),
      ...(anchor !== undefined && { anchor }),
      ...(header !== undefined && { header }),
    });
  }
  return inside;
}
