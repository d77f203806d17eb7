import type { Passage, PassageBlock } from '../document/passage.ts';
import { splitCode } from './split-code.ts';
import { isRecord, splitSentences } from './split-sentences.ts';

/** A stretch of a passage that could be quoted as (part of) an answer. Offsets are into the passage's text. */
export type SentenceCandidate = {
  start: number;
  end: number;
  block: PassageBlock;
  /** What stands over it and gives it its meaning: the nearest heading, a table's header row, the question it answers. */
  context: string[];
  /** A line of a paragraph that is no sentence: an address, a name, a line of a letter's head. */
  isFragment: boolean;
  /** An item of a list. */
  isItem: boolean;
  /** Of a sentence that ends in a colon and takes along what follows: where it ends itself. */
  introducesTo?: number;
};

const marker = /^(?:[-*+•–·▪◦]|#{1,6}|\d{1,3}[.)]|\(?[a-z]\))\s+/u;
const questionEnd = /[?？؟]["'”’»)\]*_]*$/u;
const sentenceEnd = /[.!?:;,。！？：；][\p{Pe}\p{Pf}"'*_]*$/u;
/** Where Markdown says what `[name]` links to. */
const linkDefinition = /^\[[^\]\n]{1,200}\]:\s*\S+/u;
const maxLength = 900;
const maxTitleLength = 90;
/** A title of a few words. */
const mostTitleWords = 6;
/** White space and markers between a sentence and what it introduces. */
const widestGap = 12;

/**
 * The sentences, items and rows of a passage that may be quoted, in order, without surrounding white space and without
 * list markers. Left out: headings, questions, and scraps without words. A sentence that ends in a colon takes
 * along the items, the code or the paragraph after it, and is left out where nothing follows.
 */
export function findCandidates(passage: Passage): SentenceCandidate[] {
  const candidates: SentenceCandidate[] = [];
  const { text } = passage;
  let heading = passage.headings.at(-1);
  const blocks: PassageBlock[] = passage.blocks[0]?.at === 0 ? passage.blocks : [{ at: 0, kind: 'paragraph' }, ...passage.blocks];
  for (const [i, block] of blocks.entries()) {
    const end = blocks[i + 1]?.at ?? text.length;
    if (block.kind === 'heading' || block.kind === 'sheet' || isTitle(text, blocks, i)) {
      heading = text.slice(block.at, end).trim();
      continue;
    }
    if (block.kind === 'running-head') continue;
    // The row that names the columns says nothing by itself.
    if (block.kind === 'table-row' && text.slice(block.at, end).trim() === blocks[i + 1]?.header?.trim()) continue;
    const context = [heading, block.header].filter((part) => part !== undefined);
    candidates.push(...candidatesOfBlock(text, block, end, context));
  }
  return extendIntroductions(withoutComments(candidates, text), text);
}

/** Comments of HTML in Markdown are not shown with the text, and so are no part of a quote. */
function withoutComments(candidates: SentenceCandidate[], text: string): SentenceCandidate[] {
  const comments = [...text.matchAll(/<!--[^]*?(?:-->|$)/gu)].map(({ index, 0: comment }) => ({ start: index, end: index + comment.length }));
  if (comments.length === 0) return candidates;
  return candidates.flatMap((candidate) => {
    if (candidate.block.kind === 'code') return [candidate];
    let { start, end } = candidate;
    for (const comment of comments) {
      if (comment.start <= start && comment.end > start) start = comment.end;
      else if (comment.start < end && comment.end >= end) end = comment.start;
    }
    if (start === candidate.start && end === candidate.end) return [candidate];
    const trimmed = trimSpan(text, start, Math.max(start, end));
    return isQuotable(text.slice(trimmed.start, trimmed.end)) ? [{ ...candidate, start: trimmed.start, end: trimmed.end }] : [];
  });
}

/** A line that stands over text like a heading, in a format that knows none: short, unended, before a paragraph that is neither. */
function isTitle(text: string, blocks: readonly PassageBlock[], i: number): boolean {
  const [block, next] = [blocks[i], blocks[i + 1]];
  if (block?.kind !== 'paragraph' || next?.kind !== 'paragraph') return false;
  const line = text.slice(block.at, next.at).trim();
  const following = text.slice(next.at, blocks[i + 2]?.at ?? text.length).trim();
  return line.length <= maxTitleLength && !line.includes('\n') && !sentenceEnd.test(line) && following.length > line.length && sentenceEnd.test(following);
}

function candidatesOfBlock(text: string, block: PassageBlock, end: number, context: string[]): SentenceCandidate[] {
  if (block.kind === 'code') return codeCandidates(text, block, end, context);
  const isWhole = block.kind === 'table-row' || (end - block.at <= maxLength && isRecord(text.slice(block.at, end)));
  const spans = isWhole ? [{ start: 0, end: end - block.at }] : splitSentences(text.slice(block.at, end));
  const candidates: SentenceCandidate[] = [];
  let question: string | undefined;
  for (const span of spans) {
    const { start, end, isMarked } = trimSpan(text, block.at + span.start, block.at + span.end);
    const sentence = text.slice(start, end);
    if (questionEnd.test(sentence)) {
      question = sentence;
    } else if (isQuotable(sentence)) {
      candidates.push({ start, end, block, context: question === undefined ? context : [...context, question], isFragment: block.kind === 'paragraph' && isFragment(sentence), isItem: block.kind === 'list-item' || isMarked });
      question = undefined;
    }
  }
  return withoutTitleLine(candidates, text);
}

/** A block may begin with the line that stands over it: it is no answer itself, and says what the rest is about. */
function withoutTitleLine(candidates: SentenceCandidate[], text: string): SentenceCandidate[] {
  const [first, ...rest] = candidates;
  if (first === undefined || !first.isFragment || rest[0] === undefined || rest[0].isFragment) return candidates;
  const title = text.slice(first.start, first.end);
  if (title.split(/\s+/u).length > mostTitleWords || !sentenceEnd.test(text.slice(rest[0].start, rest[0].end))) return candidates;
  return rest.map((candidate) => ({ ...candidate, context: [...candidate.context, title] }));
}

/** Short code as a whole; longer code statement by statement, each with the comment over it. */
function codeCandidates(text: string, block: PassageBlock, end: number, context: string[]): SentenceCandidate[] {
  return splitCode(text.slice(block.at, end)).flatMap((span) => {
    const [from, to] = [block.at + span.start, block.at + span.end];
    const code = text.slice(from, to);
    return isQuotableCode(code) ? [{ start: from, end: to, block, context, isFragment: false, isItem: false }] : [];
  });
}

function isQuotableCode(code: string): boolean {
  return code.length <= 2 * maxLength && (code.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 2;
}

function isFragment(sentence: string): boolean {
  return sentence.length <= maxTitleLength && !sentenceEnd.test(sentence) && !/\p{L}:\s/u.test(sentence);
}

function trimSpan(text: string, from: number, to: number): { start: number; end: number; isMarked: boolean } {
  const raw = text.slice(from, to);
  let start = from + (raw.length - raw.trimStart().length);
  const end = Math.max(start, from + raw.trimEnd().length);
  start += /^(?:>[^\S\n]?)+/u.exec(text.slice(start, end))?.[0].length ?? 0;
  const mark = marker.exec(text.slice(start, Math.min(end, start + 16)))?.[0].length ?? 0;
  return { start: Math.min(start + mark, end), end, isMarked: mark > 0 };
}

/** Has words, and neither the form of navigation nor a length nobody would read as an answer. */
function isQuotable(sentence: string): boolean {
  if (sentence.length > 2 * maxLength || linkDefinition.test(sentence)) return false;
  // Tags of HTML inside Markdown, such as the targets of links, are no words.
  const letters = sentence.replace(/<\/?[a-z][^<>]*>/giu, '').match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters >= 2 && letters * 3 >= sentence.length;
}

function extendIntroductions(candidates: SentenceCandidate[], text: string): SentenceCandidate[] {
  return candidates.flatMap((candidate, i) => {
    if (!/[:：][*_]{0,2}$/u.test(text.slice(candidate.start, candidate.end)) || candidate.block.kind === 'code') return [candidate];
    const end = endOfIntroduced(candidate, candidates.slice(i + 1));
    return end === candidate.end ? [] : [{ ...candidate, end, introducesTo: candidate.end }];
  });
}

/** Where the list, the code or the paragraph ends that a sentence introduces. */
function endOfIntroduced(introduction: SentenceCandidate, following: readonly SentenceCandidate[]): number {
  let { end } = introduction;
  const [first] = following;
  for (const next of following) {
    if (next.end - introduction.start > (next.isItem ? maxLength : maxLength / 2) || next.start - end > widestGap) break;
    if (next.isItem !== first?.isItem || (!next.isItem && next.block !== first.block)) break;
    end = next.end;
    if (next.block.kind === 'code') break;
  }
  return end;
}
