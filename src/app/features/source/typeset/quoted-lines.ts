import type { BlockKind, SourceType } from '#core/document/parsed-document.ts';
import { RunWriter } from '../marks/run-writer.ts';
import { clipRuns, type StyledRun } from '../marks/styled-run.ts';
import type { DisplayBlock } from './display-block.ts';

const prefix = /^[ \t]{0,3}>(?:[ \t]{0,3}>)*[ \t]?/gmu;
const longestLead = 40;

/** True for a block inside a quote: a quote itself, and in Markdown whatever begins with `>`, such as a heading in a quote. */
export function isQuoted(text: string, { start, kind }: DisplayBlock, type: SourceType): boolean {
  return kind === 'quote' || (type === 'markdown' && beginsQuoted(text.slice(start, start + longestLead), kind));
}

/** Code that begins with `>` is quoted only where it is fenced. */
function beginsQuoted(block: string, kind: BlockKind): boolean {
  return (kind === 'code' ? /^\s*>[\s>]*(?:`{3}|~{3})/u : /^\s*>/u).test(block);
}

/**
 * Sets a Markdown block that may stand in a quote: `set` gets it without the `>` of its lines, so that emphasis and
 * links run over line ends, and what it gives is laid over the source text again, where each `>` is `syntax`.
 */
export function setWithoutPrefixes(block: string, start: number, kind: BlockKind, set: (body: string) => StyledRun[]): StyledRun[] {
  const cuts = kind === 'quote' || beginsQuoted(block, kind) ? [...block.matchAll(prefix)] : [];
  const runs = set(cuts.length > 0 ? block.replace(prefix, '') : block);
  const writer = new RunWriter(start);
  let [from, seen] = [0, 0];
  const addUntil = (to: number): void => {
    for (const run of clipRuns(runs, seen, seen + to - from)) writer.add(start + from + run.start - seen, start + from + run.end - seen, run.style);
    seen += to - from;
  };
  for (const { index, 0: cut } of cuts) {
    addUntil(index);
    from = index + cut.length;
    writer.add(start + index, start + from, { syntax: true });
  }
  addUntil(block.length);
  return writer.runs;
}
