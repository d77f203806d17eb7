import { Parser } from 'htmlparser2';
import type { BlockKind } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { tableBlocks } from './html-table.ts';
import type { HtmlBlock, HtmlRow } from './html-table.ts';
import { blockTags, isHidden, isVoid, skippedTags } from './html-tags.ts';

/** `elements` counts the tags read. */
export type HtmlContent = { blocks: HtmlBlock[]; title: string; language: string | undefined; elements: number };

export type HtmlOptions = { depthLimit: number; checkpoint: () => void };

/** An attribute with the path an element had in the whole page, put there before the page was cut down. */
export const pathAttribute = 'data-alcove-path';

/** `taken`: for each column, the number of the first row that no cell above reaches into. `next` is the row's next column. */
type Table = { rows: HtmlRow[]; cellSink: HtmlBlock[]; taken: number[]; next: number };
type Open = { name: string; path: string; children: number; hidden: boolean; list?: { ordered: boolean; next: number } };

const headingTag = /^h[1-6]$/u;
const preserved = new Set(['pre', 'textarea', 'listing', 'xmp']);

/** The most columns or rows that a cell may say it spans, and the column from which on none is believed. */
const widestSpan = 100;
const lastSpanned = 1000;

function spanOf(attribute: string | undefined): number {
  const span = Number.parseInt(attribute ?? '1', 10);
  return span >= 1 ? Math.min(span, widestSpan) : 1;
}

/** The first free column for the next cell of a table's last row, which is taken by it. */
function takeColumn(table: Table, attributes: Record<string, string>): number {
  const row = table.rows.length;
  while ((table.taken[table.next] ?? 0) > row) table.next += 1;
  const column = table.next;
  for (let more = column < lastSpanned ? spanOf(attributes['colspan']) : 1; more > 0; more -= 1) {
    table.taken[table.next] = row + spanOf(attributes['rowspan']);
    table.next += 1;
  }
  return column;
}

/**
 * Gathers blocks from the events of a parser. It builds no document tree, runs and fetches nothing, and holds only the
 * open elements, the tables being read and what it has found.
 */
class HtmlReader {
  readonly blocks: HtmlBlock[] = [];
  title = '';
  elements = 0;
  language: string | undefined;
  private readonly options: HtmlOptions;
  private readonly stack: Open[] = [{ name: '', path: 'body', children: 0, hidden: false }];
  private readonly tables: Table[] = [];
  private sinks: HtmlBlock[][] = [this.blocks];
  private readonly text: string[] = [];
  private lineStart = true;
  private spacePending = false;
  private hiddenDepth = 0;
  private preservedDepth = 0;
  private titleDepth = 0;
  private itemPrefix = '';

  constructor(options: HtmlOptions) {
    this.options = options;
  }

  open(name: string, attributes: Record<string, string>): void {
    const parent = this.stack.at(-1);
    this.elements += 1;
    if (name === 'html' && this.language === undefined) this.language = attributes['lang'] ?? attributes['xml:lang'];
    if (name === 'br') this.breakLine();
    if (blockTags.has(name)) this.flush();
    const isRoot = name === 'html' || name === 'body';
    const path = attributes[pathAttribute] ?? (isRoot || parent === undefined ? 'body' : `${parent.path}/${parent.children}`);
    if (parent !== undefined && !isRoot && name !== 'head') parent.children += 1;
    if (isVoid(name)) return;
    if (this.stack.length >= this.options.depthLimit) {
      throw new AppError('source/too-deep', `elements lie more than ${this.options.depthLimit} deep`);
    }
    const hidden = skippedTags.has(name) || isHidden(attributes) || name === 'title';
    this.stack.push({ name, path, children: 0, hidden });
    if (hidden) this.hiddenDepth += 1;
    if (name === 'title' && !this.stack.some((one) => one.name === 'svg')) this.titleDepth += 1;
    if (preserved.has(name)) this.preservedDepth += 1;
    this.openStructure(name, attributes);
  }

  private openStructure(name: string, attributes: Record<string, string>): void {
    const here = this.stack.at(-1);
    if (here === undefined) return;
    if (name === 'ol' || name === 'ul' || name === 'menu') {
      const start = Number.parseInt(attributes['start'] ?? '1', 10);
      here.list = { ordered: name === 'ol', next: Number.isFinite(start) ? start : 1 };
    } else if (name === 'li') {
      const list = this.stack.findLast((one) => one.list !== undefined)?.list;
      this.itemPrefix = list?.ordered ? `${list.next}. ` : '';
      if (list !== undefined) list.next += 1;
    } else if (name === 'table') {
      this.tables.push({ rows: [], cellSink: [], taken: [], next: 0 });
      this.options.checkpoint();
    } else if (name === 'tr') {
      const inHead = this.stack.some((one) => one.name === 'thead');
      const table = this.tables.at(-1);
      if (table !== undefined) table.next = 0;
      table?.rows.push({ cells: [], path: here.path, inHead });
    } else if (name === 'td' || name === 'th') {
      this.openCell(name === 'th', attributes);
    }
  }

  private openCell(heads: boolean, attributes: Record<string, string>): void {
    const table = this.tables.at(-1);
    const row = table?.rows.at(-1);
    const blocks: HtmlBlock[] = [];
    if (table !== undefined) row?.cells.push({ blocks, heads, column: takeColumn(table, attributes) });
    // A cell outside any row still holds text to read.
    this.sinks.push(row === undefined ? (this.sinks.at(-1) ?? this.blocks) : blocks);
  }

  close(name: string): void {
    const here = this.stack.at(-1);
    if (here === undefined || here.name !== name) return;
    if (blockTags.has(name)) this.flush();
    if (name === 'td' || name === 'th') this.sinks.pop();
    if (name === 'table') this.closeTable();
    if (name === 'li') this.itemPrefix = '';
    if (name === 'title' && this.titleDepth > 0) this.titleDepth -= 1;
    if (preserved.has(name)) this.preservedDepth -= 1;
    if (here.hidden) this.hiddenDepth -= 1;
    this.stack.pop();
  }

  private closeTable(): void {
    const table = this.tables.pop();
    const sink = this.sinks.at(-1) ?? this.blocks;
    for (const block of table === undefined ? [] : tableBlocks(table.rows)) sink.push(block);
  }

  characters(data: string): void {
    if (this.titleDepth > 0) this.title += data;
    if (this.hiddenDepth > 0) return;
    if (this.preservedDepth > 0) {
      this.text.push(data);
      return;
    }
    // U+00A0 is kept: it is a character of the text, not of its source's layout.
    const collapsed = data.replace(/[ \t\r\n\f]+/gu, ' ');
    if (collapsed === ' ') {
      this.spacePending = true;
      return;
    }
    if ((this.spacePending || collapsed.startsWith(' ')) && !this.lineStart) this.text.push(' ');
    this.text.push(collapsed.replace(/^ | $/gu, ''));
    this.lineStart = false;
    this.spacePending = collapsed.endsWith(' ');
  }

  private breakLine(): void {
    if (this.hiddenDepth === 0 && this.text.length > 0) this.text.push('\n');
    this.spacePending = false;
    this.lineStart = true;
  }

  flush(): void {
    const joined = this.text.length === 0 ? '' : this.text.join('');
    this.text.length = 0;
    this.spacePending = false;
    this.lineStart = true;
    const text = this.preservedDepth > 0 ? joined.replace(/^\r?\n/u, '').trimEnd() : joined.trim();
    if (text === '') return;
    const { kind, level } = this.kindHere();
    const prefix = kind === 'list-item' ? this.itemPrefix : '';
    this.itemPrefix = '';
    const path = this.stack.at(-1)?.path ?? 'body';
    this.sinks.at(-1)?.push({ kind, text: prefix + text, path, ...(level !== undefined && { level }) });
  }

  private kindHere(): { kind: BlockKind; level?: number } {
    for (let at = this.stack.length - 1; at >= 0; at -= 1) {
      const name = this.stack[at]?.name ?? '';
      if (headingTag.test(name)) return { kind: 'heading', level: Number(name[1]) };
      if (preserved.has(name)) return { kind: 'code' };
      if (name === 'li') return { kind: 'list-item', level: Math.max(1, this.stack.filter((one) => one.list !== undefined).length) };
      if (name === 'blockquote') return { kind: 'quote' };
      if (name === 'figcaption' || name === 'caption') return { kind: 'caption' };
      if (name === 'td' || name === 'th' || name === 'table') break;
    }
    return { kind: 'paragraph' };
  }
}

/**
 * Reads HTML or XHTML as blocks in document order, whatever state its tags are in. Scripts, styles, navigation and hidden
 * elements are left out; nothing is run or fetched. Paths count elements from `body` on. Errors: `source/too-deep`.
 */
export function readHtml(html: string, options: HtmlOptions): HtmlContent {
  const reader = new HtmlReader(options);
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    onclosetag: (name) => reader.close(name),
    ontext: (data) => reader.characters(data),
  }, { recognizeSelfClosing: true, recognizeCDATA: true });
  parser.end(html);
  reader.flush();
  return { blocks: reader.blocks, title: reader.title.replace(/\s+/gu, ' ').trim(), language: reader.language || undefined, elements: reader.elements };
}
