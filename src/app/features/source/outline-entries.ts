import type { SourceText } from '#core/engine/engine-api.ts';
import type { PassageBlock } from '#core/document/passage.ts';
import { markdownRuns } from './typeset/markdown-runs.ts';
import type { Jump } from './scroll/jump.ts';

/** A line of the outline. `level` counts from 1; `locate` says where it leads, undefined where that is unknown. */
export type OutlineEntry = { title: string; level: number; locate: () => Promise<Jump | undefined> };

const mostEntries = 400;
const longestTitle = 120;

/** The outline of a document by its headings, slides and sheets; deep levels are left out where there are very many. */
export function outlineEntries(source: SourceText): OutlineEntry[] {
  const headings = source.blocks.flatMap((block, index) => (isHeading(block) ? [{ ...block, end: source.blocks[index + 1]?.at ?? source.text.length }] : []));
  const deepest = deepestThatFits(headings);
  const kept = headings.filter((block) => levelOf(block) <= deepest).slice(0, mostEntries);
  const top = Math.min(...kept.map(levelOf));
  return kept.flatMap((block) => {
    const title = titleOf(source, block);
    const locate = async (): Promise<Jump> => ({ to: 'place', at: block.at });
    return title === '' ? [] : [{ title, level: levelOf(block) - top + 1, locate }];
  });
}

function isHeading({ kind }: PassageBlock): boolean {
  return kind === 'heading' || kind === 'slide' || kind === 'sheet';
}

function levelOf({ kind, level }: PassageBlock): number {
  return kind === 'heading' ? (level ?? 1) : 1;
}

function deepestThatFits(headings: readonly PassageBlock[]): number {
  const levels = [...new Set(headings.map(levelOf))].sort((left, right) => left - right);
  return levels.findLast((level) => headings.filter((block) => levelOf(block) <= level).length <= mostEntries) ?? levels[0] ?? 1;
}

function titleOf({ source, text }: SourceText, block: PassageBlock & { end: number }): string {
  const end = block.at + text.slice(block.at, Math.min(block.end, block.at + 400)).trimEnd().length;
  const seen = source.type === 'markdown'
    ? markdownRuns(text, block.at, end, 'heading').filter((run) => !run.style.syntax).map((run) => text.slice(run.start, run.end)).join('')
    : text.slice(block.at, end);
  const line = seen.trim().split('\n')[0] ?? '';
  return line.length > longestTitle ? `${line.slice(0, longestTitle)}…` : line;
}
