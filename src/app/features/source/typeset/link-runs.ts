import { RunWriter } from '../marks/run-writer.ts';
import { plainStyle, type StyledRun, type TextStyle } from '../marks/styled-run.ts';

const address = /\bhttps?:\/\/[^\s<>"'`|\\^{}()[\]]+(?:\([^\s<>"'()]*\)[^\s<>"'`|\\^{}()[\]]*)*/giu;
const trailing = /[.,;:!?'"*_~]+$/u;

/** An address that may be opened from a document: http, https or mailto; anything else is undefined. */
export function safeHref(href: string): string | undefined {
  if (!/^(?:https?:\/\/|mailto:)/iu.test(href)) return undefined;
  return URL.canParse(href) ? href : undefined;
}

/** Runs that tile `start` to `end` in which web addresses are links. */
export function linkRuns(text: string, start: number, end: number, style: TextStyle = plainStyle): StyledRun[] {
  const writer = new RunWriter(start);
  for (const match of text.slice(start, end).matchAll(address)) {
    const found = match[0].replace(trailing, '');
    const href = safeHref(found);
    const at = start + match.index;
    if (href) writer.add(at, at + found.length, { ...style, href }, style);
  }
  writer.fillTo(end, style);
  return writer.runs;
}
