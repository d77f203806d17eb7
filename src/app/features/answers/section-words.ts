import type { Citation } from '#core/answer/answer-types.ts';
import { stripInlineMarkup } from '#core/answer/show-quote.ts';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { placeWords } from './answer-words.ts';
import { citedPassage, type CitedPassage } from './cited-passage.ts';

const longestHeading = 80;

/**
 * Where in a document without pages a citation stands, as far as its passage tells: its row, cell, clause or nearest
 * heading. Undefined where it has a page, or nothing is known but the title.
 */
export function sectionWords(turn: Pick<TurnView, 'search'>, citation: Citation): string | undefined {
  const from = citation.page === undefined ? citedPassage(turn, citation) : undefined;
  if (!from) return undefined;
  const row = rowWords(from.block?.anchor?.path ?? '');
  if (row) return row;
  const heading = headingOver(from, citation);
  const number = heading && clauseNumber(heading, from, citation);
  const words = [heading && heading !== citation.title ? shorten(heading) : undefined, number && t('answers.clause', { number })].filter(Boolean);
  return words.length > 0 ? words.join(', ') : undefined;
}

/** "Lease, page 12", or "Lease · Repairs, clause 3.2" */
export function fullPlaceWords(turn: Pick<TurnView, 'search'>, citation: Citation): string {
  return [placeWords(citation), sectionWords(turn, citation)].filter(Boolean).join(' · ');
}

/** Tables and notebooks name their rows and cells: `row 12`, `Sheet 1!12`, `cell 3`. */
function rowWords(path: string): string | undefined {
  const [, kind, at] = /^(row|cell) (\d+)$/.exec(path) ?? [];
  if (kind && at) return t(kind === 'row' ? 'answers.row' : 'answers.cell', { number: at });
  const [, sheet, row] = /^([^#]+)!(\d+)$/.exec(path) ?? [];
  return sheet && row ? t('answers.sheet-row', { sheet, number: row }) : undefined;
}

/** The last heading before the citation: in its passage, else over it. */
function headingOver({ ranked: { passage } }: CitedPassage, { start }: Citation): string | undefined {
  const { text, blocks, headings } = passage;
  const at = blocks.findLastIndex((block) => block.kind === 'heading' && block.at <= start - passage.start);
  const own = at < 0 ? undefined : text.slice(blocks[at]?.at, blocks[at + 1]?.at);
  const heading = stripInlineMarkup((own ?? headings.at(-1) ?? '').replace(/^[#=\s]+|[#=\s]+$/gu, '')).replace(/\s+/gu, ' ').trim();
  return heading === '' ? undefined : heading;
}

/** `3.2` where the cited paragraph begins with it and stands under a heading `3`. */
function clauseNumber(heading: string, { ranked: { passage }, block }: CitedPassage, { start }: Citation): string | undefined {
  const chapter = /^(?:§ ?)?(\d+(?:\.\d+)*)[.)]?\s/u.exec(heading)?.[1];
  if (chapter === undefined) return undefined;
  const before = passage.text.slice(block?.at ?? 0, start - passage.start + 16);
  const number = /^(\d+(?:\.\d+)+)[.)]?\s/u.exec(before)?.[1];
  return number?.startsWith(`${chapter}.`) ? number : undefined;
}

function shorten(heading: string): string {
  return heading.length <= longestHeading ? heading : `${heading.slice(0, longestHeading).replace(/\s+\S*$/u, '')} …`;
}
