import { isLowSurrogate, splitSentences } from '../answer/split-sentences.ts';
import type { Block } from '../document/parsed-document.ts';
import { estimateUnitTokens } from './estimate-tokens.ts';
import { headingLevel } from './heading-path.ts';

/** Smallest and largest passage, as a share of the target. */
const smallest = 0.25;
const largest = 1.4;

/**
 * What a cut costs by where it falls, on the scale of the squared distance from the target (as a share of it): a cut
 * before a chapter's heading is worth a passage of half the size, one inside a sentence only where there is no other.
 */
const costs = { heading: -0.3, subheading: -0.2, block: 0.1, listed: 0.16, sentence: 0.3, continued: 0.5, orphan: 1.5, end: -0.1 };

type Cut = { at: number; cost: number };
type Reach = { targetAt: number; smallestAt: number; end: number };

const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * The offset at which the passage that begins at `from.start` ends best, `targetTokens` estimated tokens on or near it.
 * `from.firstBlock` is the first block that does not end before it. Looks at 1.4 times the target and no further.
 */
export function chooseCut(text: string, blocks: readonly Block[], from: { start: number; firstBlock: number }, targetTokens: number): number {
  const cuts: Cut[] = [];
  const reach = measureReach(text, from.start, targetTokens);
  for (let i = from.firstBlock + 1; i < blocks.length; i += 1) {
    const block = blocks[i] as Block;
    if (block.start > reach.end) break;
    if (block.start < reach.smallestAt) continue;
    cuts.push({ at: block.start, cost: boundaryCost(blocks[i - 1] as Block, block, text) });
  }
  if (reach.end === text.length) cuts.push({ at: text.length, cost: costs.end });
  const best = bestCut(text, from.start, cuts, targetTokens);
  if (best && best.cost <= costs.sentence) return best.at;
  const inside = bestCut(text, from.start, sentenceCuts(text, blocks, from, reach), targetTokens);
  if (inside && (!best || inside.cost < best.cost)) return inside.at;
  return best?.at ?? forcedCut(text, from.start, reach);
}

/** Where the smallest, the target and the largest passage from `start` would end. */
function measureReach(text: string, start: number, targetTokens: number): Reach {
  let tokens = 0;
  let smallestAt = text.length;
  let targetAt = text.length;
  let at = start;
  for (; at < text.length; at += 1) {
    tokens += estimateUnitTokens(text.charCodeAt(at));
    if (tokens > smallest * targetTokens && at < smallestAt) smallestAt = at;
    if (tokens > targetTokens && at < targetAt) targetAt = at;
    if (tokens > largest * targetTokens) break;
  }
  return { smallestAt, targetAt, end: at };
}

/** The cut of the least cost, its distance from the target included; undefined for none. Cuts are in rising order. */
function bestCut(text: string, start: number, cuts: readonly Cut[], targetTokens: number): Cut | undefined {
  let best: Cut | undefined;
  let tokens = 0;
  let measured = start;
  for (const { at, cost } of cuts) {
    for (; measured < at; measured += 1) tokens += estimateUnitTokens(text.charCodeAt(measured));
    const total = cost + (tokens / targetTokens - 1) ** 2;
    if (!best || total < best.cost) best = { at, cost: total };
  }
  return best;
}

/** Cost of a cut between two blocks. */
function boundaryCost(before: Block, after: Block, text: string): number {
  if (headingLevel(before) !== undefined) return costs.orphan;
  const level = headingLevel(after);
  if (level !== undefined) return level <= 2 ? costs.heading : costs.subheading;
  if (after.kind === 'caption') return costs.continued;
  const isFirstItem = after.kind !== before.kind && (after.kind === 'list-item' || after.kind === 'table-row');
  if (isFirstItem && /[:：]\s*$/u.test(text.slice(Math.max(before.start, before.end - 8), before.end))) return costs.continued;
  return after.kind === before.kind && (after.kind === 'list-item' || after.kind === 'table-row') ? costs.listed : costs.block;
}

/** Sentence ends inside the block in which the target falls. */
function sentenceCuts(text: string, blocks: readonly Block[], from: { start: number; firstBlock: number }, reach: Reach): Cut[] {
  let i = from.firstBlock;
  while (i + 1 < blocks.length && (blocks[i + 1] as Block).start <= reach.targetAt) i += 1;
  const block = blocks[i];
  const start = Math.max(from.start, block?.start ?? 0);
  const end = Math.min(reach.end, blocks[i + 1]?.start ?? text.length);
  return splitSentences(text.slice(start, end))
    .map((span) => start + span.end)
    .filter((at) => at >= reach.smallestAt && at < end)
    .map((at) => ({ at, cost: costs.sentence }));
}

/** The last word end in reach, else the last character: for sentences and words longer than a passage. */
function forcedCut(text: string, start: number, reach: Reach): number {
  const from = Math.max(start, Math.min(reach.targetAt, reach.end - 1) - 200);
  const tail = text.slice(from, Math.max(reach.targetAt, from + 1));
  let at = 0;
  for (const { index } of wordSegmenter.segment(tail)) at = index;
  if (at > 0 && from + at >= reach.smallestAt) return safeCut(text, start, from + at);
  return safeCut(text, start, Math.max(start + 1, reach.targetAt));
}

/** Moves a cut out of a surrogate pair. */
function safeCut(text: string, start: number, at: number): number {
  if (at >= text.length || !isLowSurrogate(text, at)) return at;
  return at - 1 > start ? at - 1 : at + 1;
}
