import type { ComponentChildren, VNode } from 'preact';
import { foundWithin, type Found } from '../find/found-range.ts';
import { cutAtMarks } from './cut-at-marks.ts';
import type { SourceMark, SourceMarks } from './source-mark.ts';
import { clipRuns, type StyledRun } from './styled-run.ts';

/** What is laid over the text: evidence and matches of find. */
export type Overlay = SourceMarks & { found: Found };

type Properties = { text: string; start: number; end: number; runs: readonly StyledRun[]; overlay: Overlay };

/**
 * Sets `start` to `end` of the text. Its text content is exactly that slice. Evidence becomes `mark[data-citation]`, one
 * mark a citation where several overlap; the one in view has the class `here` and can take the focus.
 */
export function MarkedText({ text, start, end, runs, overlay }: Properties): VNode {
  const pieces = cutAtMarks(start, end, overlay.marks);
  return (
    <>
      {pieces.map((piece) =>
        inMarks(piece.marks, overlay.here, clipRuns(runs, piece.start, piece.end).map((run) => renderRun(text, run, overlay.found))),
      )}
    </>
  );
}

function inMarks(marks: readonly SourceMark[], here: SourceMark | undefined, inner: ComponentChildren): ComponentChildren {
  return marks.reduceRight<ComponentChildren>((content, mark) => {
    const isHere = mark === here;
    return (
      <mark data-citation={mark.citation} class={isHere ? 'here' : undefined} tabIndex={isHere ? -1 : undefined}>
        {content}
      </mark>
    );
  }, inner);
}

function renderRun(text: string, { start, end, style }: StyledRun, found: Found): ComponentChildren {
  let content: ComponentChildren = withFound(text, start, end, found);
  if (style.gap) return <span class="source-gap">{content}</span>;
  if (style.syntax) return <span class="source-syntax" aria-hidden="true">{content}</span>;
  if (style.code) content = <code>{content}</code>;
  if (style.strike) content = <s>{content}</s>;
  if (style.emphasis) content = <i>{content}</i>;
  if (style.strong) content = <b>{content}</b>;
  return style.href === undefined ? content : <DocumentLink href={style.href}>{content}</DocumentLink>;
}

/** A link of a document names where it leads and is followed only on a click. */
function DocumentLink({ href, children }: { href: string; children: ComponentChildren }): VNode {
  const host = URL.parse(href)?.host || href.replace(/^mailto:/iu, '');
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer" title={href} data-host={host}>
      {children}
    </a>
  );
}

function withFound(text: string, start: number, end: number, found: Found): ComponentChildren {
  const ranges = foundWithin(found, start, end);
  if (ranges.length === 0) return text.slice(start, end);
  const parts: ComponentChildren[] = [];
  let at = start;
  for (const range of ranges) {
    if (range.start > at) parts.push(text.slice(at, range.start));
    parts.push(<span class={range.current ? 'source-found current' : 'source-found'}>{text.slice(range.start, range.end)}</span>);
    at = range.end;
  }
  if (at < end) parts.push(text.slice(at, end));
  return parts;
}
