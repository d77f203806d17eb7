import type { SourceType } from '#core/document/parsed-document.ts';
import { RunWriter } from '../marks/run-writer.ts';
import type { StyledRun } from '../marks/styled-run.ts';
import type { DisplayBlock } from './display-block.ts';
import { linkRuns } from './link-runs.ts';
import { markdownRuns } from './markdown-runs.ts';

/** Where the text of a range ends and the white space after it begins. */
export function contentEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) <= 32) at -= 1;
  return at;
}

/** Runs that tile a block: its text as set for this type of source, then the white space up to the next block. */
export function blockRuns(text: string, block: DisplayBlock, type: SourceType): StyledRun[] {
  const writer = new RunWriter(block.start);
  const bodyEnd = contentEnd(text, block.start, block.end);
  const lead = block.continues ? 0 : (/^\s*\n/u.exec(text.slice(block.start, bodyEnd))?.[0].length ?? 0);
  const from = block.start + lead;
  writer.add(block.start, from, { gap: true });
  for (const run of bodyRuns(text, from, bodyEnd, block, type)) writer.add(run.start, run.end, run.style);
  writer.add(bodyEnd, block.end, { gap: true });
  return writer.runs;
}

function bodyRuns(text: string, start: number, end: number, block: DisplayBlock, type: SourceType): StyledRun[] {
  if (type === 'markdown' && !block.continues) return markdownRuns(text, start, end, block.kind);
  return linkRuns(text, start, end);
}
