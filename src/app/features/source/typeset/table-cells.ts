import type { SourceType } from '#core/document/parsed-document.ts';
import { RunWriter } from '../marks/run-writer.ts';
import { plainStyle, type StyledRun } from '../marks/styled-run.ts';
import { contentEnd } from './block-runs.ts';
import type { DisplayBlock } from './display-block.ts';
import { linkRuns } from './link-runs.ts';
import { inlineRuns } from './markdown-runs.ts';

/** A cell of a table row: `start` to `end` is its text with the separator after it, `runs` tile that. */
export type TableCell = { start: number; end: number; runs: StyledRun[] };

/** Text of a cell between the markup before it and the markup after it; all offsets are into the document's text. */
type Cut = { start: number; textStart: number; textEnd: number; end: number };

/**
 * Cuts a table row into cells, which tile the row. Cells are parted by tabs, in Markdown by `|`, under a
 * header also as `Name: value; Name: value`. A row that is none of these is one cell.
 */
export function tableCells(text: string, row: DisplayBlock, type: SourceType): TableCell[] {
  const bodyEnd = contentEnd(text, row.start, row.end);
  const cuts = cutRow(text, row, bodyEnd, type);
  const last = cuts.at(-1);
  if (last) last.end = row.end;
  return cuts.map((cut) => toCell(text, cut, type));
}

/** True for the line of a Markdown table that only rules it: `| --- | :-: |`. */
export function isRuleRow(text: string, row: DisplayBlock): boolean {
  return /^[\s|:-]*-[\s|:-]*$/u.test(text.slice(row.start, row.end));
}

/** The names of the columns in a header row's text. */
export function headerNames(header: string): string[] {
  if (header.includes('\t')) return header.split('\t').map((name) => name.trim());
  if (header.includes('|')) return header.replace(/^\s*\||\|\s*$/gu, '').split('|').map((name) => name.trim());
  return [header.trim()];
}

function cutRow(text: string, row: DisplayBlock, bodyEnd: number, type: SourceType): Cut[] {
  const body = text.slice(row.start, type === 'markdown' ? rulesFrom(text, row.start, bodyEnd) : bodyEnd);
  if (body.includes('\t')) return cutAtSeparators(row.start, body, /\t/gu);
  if (type === 'markdown' || /^\|.*\|$/u.test(body)) return cutAtPipes(row.start, body);
  const named = row.header === undefined ? undefined : cutAtNames(row.start, body, headerNames(row.header));
  return named ?? [{ start: row.start, textStart: row.start, textEnd: bodyEnd, end: bodyEnd }];
}

/** In Markdown the line that rules off the header is part of the header's row. */
function rulesFrom(text: string, start: number, end: number): number {
  const lineEnd = text.indexOf('\n', start);
  return lineEnd >= 0 && lineEnd < end ? lineEnd : end;
}

function cutAtSeparators(offset: number, body: string, separator: RegExp): Cut[] {
  const cuts: Cut[] = [];
  let from = 0;
  for (const match of body.matchAll(separator)) {
    const end = match.index + match[0].length;
    cuts.push({ start: offset + from, textStart: offset + from, textEnd: offset + match.index, end: offset + end });
    from = end;
  }
  cuts.push({ start: offset + from, textStart: offset + from, textEnd: offset + body.length, end: offset + body.length });
  return cuts;
}

function cutAtPipes(offset: number, body: string): Cut[] {
  const cuts = cutAtSeparators(offset, body, /(?<!\\)\|/gu);
  const [first, ...rest] = cuts;
  const opens = first && rest[0] && /^[\s>]*$/u.test(body.slice(0, first.textEnd - offset));
  if (opens) {
    cuts.shift();
    rest[0]!.start = first.start;
  }
  const last = cuts.at(-1);
  if (cuts.length > 1 && last && body.slice(last.textStart - offset).trim() === '') cuts.pop();
  return cuts.map((cut) => trimCut(cut, body, offset));
}

function trimCut(cut: Cut, body: string, offset: number): Cut {
  const cell = body.slice(cut.textStart - offset, cut.textEnd - offset);
  const textStart = cut.textStart + (cell.length - cell.trimStart().length);
  return { ...cut, textStart, textEnd: Math.max(textStart, cut.textEnd - (cell.length - cell.trimEnd().length)) };
}

/** Finds `Name: ` for the names in order; a name that is missing has an empty cell. Undefined where none begins the row. */
function cutAtNames(offset: number, body: string, names: readonly string[]): Cut[] | undefined {
  const labels = placeLabels(body, names);
  if (labels.every((label) => label === undefined)) return undefined;
  let at = 0;
  return labels.map((label, column) => {
    const start = at;
    if (label) at = labels.slice(column + 1).find((next) => next !== undefined)?.start ?? body.length;
    return { start: offset + start, textStart: offset + (label?.end ?? start), textEnd: offset + at, end: offset + at };
  });
}

/** Where each name's label stands in a row, with the `; ` before it. */
function placeLabels(body: string, names: readonly string[]): ({ start: number; end: number } | undefined)[] {
  let from: number | undefined;
  return names.map((name) => {
    const label = from === undefined ? `${name}: ` : `; ${name}: `;
    const start = from === undefined ? body.indexOf(label) : body.indexOf(label, from);
    if (name === '' || start < 0 || (from === undefined && start > 0)) return undefined;
    from = start + label.length;
    return { start, end: from };
  });
}

function toCell(text: string, cut: Cut, type: SourceType): TableCell {
  const writer = new RunWriter(cut.start);
  writer.add(cut.start, cut.textStart, { syntax: true });
  if (type === 'markdown') inlineRuns(text, cut.textStart, cut.textEnd, plainStyle, writer, 0);
  else for (const run of linkRuns(text, cut.textStart, cut.textEnd)) writer.add(run.start, run.end, run.style);
  writer.add(cut.textEnd, cut.end, { syntax: true });
  return { start: cut.start, end: cut.end, runs: writer.runs };
}
