import type { BlockKind } from '#core/document/parsed-document.ts';
import { RunWriter } from '../marks/run-writer.ts';
import { plainStyle, type StyledRun, type TextStyle } from '../marks/styled-run.ts';
import { linkRuns, safeHref } from './link-runs.ts';
import { setWithoutPrefixes } from './quoted-lines.ts';

const syntaxStyle: TextStyle = { syntax: true };
const deepest = 6;

/** Markup at the beginning of a block of each kind; it may or may not be part of the block. */
const leads: Partial<Record<BlockKind, RegExp>> = {
  heading: /^ {0,3}#{1,6}(?:[ \t]+|$)/u,
  'list-item': /^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?/u,
};
const headingTail = /[ \t]+#+[ \t]*$|\n {0,3}(?:=+|-+)[ \t]*$/u;
const fenceOpen = /^[ \t]*(?:`{3,}|~{3,})[^\n]*(?:\n|$)/u;
/** Link definitions alone: a reader needs none of them. */
const definitions = /^(?: {0,3}\[(?!\^)[^\]\n]{1,300}\]:[^\n]*(?:\n|$))+$/u;
const fenceClose = /\n?[ \t]*(?:`{3,}|~{3,})[ \t]*$/u;

/**
 * Sets one Markdown block: runs that tile `start` to `end` of the source text, with emphasis, code and links applied and
 * the markup itself as `syntax`. It covers what documents use of CommonMark and GFM inline syntax; what it does not know
 * stays visible as written.
 */
export function markdownRuns(text: string, start: number, end: number, kind: BlockKind): StyledRun[] {
  return setWithoutPrefixes(text.slice(start, end), start, kind, (block) => (kind === 'code' ? codeRuns(block) : proseRuns(block, kind)));
}

function proseRuns(block: string, kind: BlockKind): StyledRun[] {
  const writer = new RunWriter(0);
  const end = block.length;
  const bodyStart = leads[kind]?.exec(block)?.[0].length ?? 0;
  const tail = kind === 'heading' ? headingTail.exec(block) : null;
  const bodyEnd = Math.max(bodyStart, tail?.index ?? end);
  if (kind === 'paragraph' && (definitions.test(block) || loneTag.test(block))) writer.add(0, end, syntaxStyle);
  writer.add(0, bodyStart, syntaxStyle);
  inlineRuns(block, bodyStart, bodyEnd, plainStyle, writer, 0);
  writer.add(bodyEnd, end, syntaxStyle);
  return writer.runs;
}

function codeRuns(block: string): StyledRun[] {
  const open = fenceOpen.exec(block)?.[0].length ?? 0;
  const rest = block.slice(open);
  const close = open > 0 ? (fenceClose.exec(rest)?.index ?? rest.length) : rest.length;
  const writer = new RunWriter(0);
  writer.add(0, open, syntaxStyle);
  writer.fillTo(open + close);
  writer.add(open + close, block.length, syntaxStyle);
  return writer.runs;
}

type Inline = {
  pattern: RegExp;
  /** Groups 1, 2 and 3 are what stands before the content, the content, and what stands after it. */
  style: (base: TextStyle, after: string, content: string) => TextStyle;
  verbatim?: boolean;
};

const linked = (base: TextStyle, href: string): TextStyle => {
  const safe = safeHref(href);
  return safe ? { ...base, href: safe } : base;
};

/** A tag that browsers know; others, such as `<T>`, are more likely meant as text. */
const htmlTag =
  /(<\/?(?:a|abbr|b|big|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|picture|pre|q|s|samp|small|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|var|video)(?:\s[^<>]{0,1000})?\/?>)()()/iuy;

const attribute = String.raw`\s{1,200}[\w:.-]{1,60}=(?:"[^"]{0,2000}"|'[^']{0,2000}')`;
/** Any tag that is closing or has attributes is no text either, such as a component's of a site generator. */
const otherTag = new RegExp(String.raw`(<(?:/[a-z][\w.-]{0,60}\s{0,9}|[a-z][\w.-]{0,60}(?:${attribute}){1,40}\s{0,200}/?)>)()()`, 'iuy');
/** A picture is shown by the words that stand for it, a component by its caption. */
const captionedTag = new RegExp(String.raw`(<[a-z][\w.-]{0,60}(?:${attribute}){0,40}?\s{1,200}(?:alt|caption)=")([^"]{0,2000})("(?:${attribute}){0,40}\s{0,200}/?>)`, 'iuy');
const loneTag = /^\s*<[a-z][\w.-]{0,60}\s{0,9}\/?>\s*$/iu;

const inlines: Inline[] = [
  { pattern: /(\\)([!-/:-@[-`{-~])()/uy, style: (base) => base, verbatim: true },
  { pattern: /(!?\[)([^\]\n]{0,300}(?:\n[^\]\n]{1,300}){0,3})(\]\(\s{0,4}<?[^\s()<>]{0,600}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?>?(?:\s{1,9}"[^"\n]{0,200}")?\s{0,4}\))/uy,
    style: (base, after) => linked(base, /^\]\(\s*<?([^\s<>"]*?)>?(?:\s+"[^"]*")?\s*\)$/u.exec(after)?.[1] ?? '') },
  { pattern: /(!?\[)([^[\]\n]{0,300}(?:\n[^[\]\n]{1,300}){0,3})(\]\[[^[\]\n]{0,200}\])/uy, style: (base) => base },
  { pattern: /(<)((?:https?:\/\/|mailto:)[^\s<>]{1,600})(>)/uy, style: (base, _after, content) => linked(base, content), verbatim: true },
  { pattern: /(<!--(?:[^-]|-(?!->)){0,2000}-->)()()/uy, style: (base) => base, verbatim: true },
  { pattern: captionedTag, style: (base) => base },
  { pattern: otherTag, style: (base) => base, verbatim: true },
  { pattern: htmlTag, style: (base) => base, verbatim: true },
  { pattern: /(\*\*|__)(?=\S)((?:[^*_\n]|\n(?!\n)|(?!\1)[*_]){0,600}?\S)(\1)(?![*_])/uy, style: (base) => ({ ...base, strong: true }) },
  { pattern: /(\*)(?=[^\s*])((?:[^*\n]|\n(?!\n)|\*\*){0,600}?[^\s*])(\*)(?!\*)/uy, style: (base) => ({ ...base, emphasis: true }) },
  { pattern: /(?<![\p{L}\p{N}_])(_)(?=[^\s_])((?:[^_\n]|\n(?!\n)|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])){0,600}?[^\s_])(_)(?![\p{L}\p{N}_])/uy, style: (base) => ({ ...base, emphasis: true }) },
  { pattern: /(~~)(?=\S)((?:[^~\n]|\n(?!\n)){1,600}?)(~~)/uy, style: (base) => ({ ...base, strike: true }) },
];

const mayBegin = /[\\`*_~[<!]/gu;

/** Writes the runs of inline Markdown from `start` to `end`. */
export function inlineRuns(text: string, start: number, end: number, base: TextStyle, writer: RunWriter, depth: number): void {
  const body = text.slice(start, end);
  mayBegin.lastIndex = 0;
  let plainFrom = 0;
  for (let at = nextBeginning(body, 0); at >= 0; ) {
    const found = matchInline(body, at);
    if (!found) {
      at = nextBeginning(body, at + 1);
      continue;
    }
    for (const run of linkRuns(text, start + plainFrom, start + at, base)) writer.add(run.start, run.end, run.style);
    plainFrom = at + found.length;
    writeInline(text, start + at, found, base, writer, depth);
    at = nextBeginning(body, plainFrom);
  }
  for (const run of linkRuns(text, start + plainFrom, end, base)) writer.add(run.start, run.end, run.style);
}

type FoundInline = { inline: Inline; before: string; content: string; after: string; length: number };

function nextBeginning(body: string, from: number): number {
  mayBegin.lastIndex = from;
  return mayBegin.exec(body)?.index ?? -1;
}

const codeSpan: Inline = { pattern: /`+/uy, style: (base) => ({ ...base, code: true }), verbatim: true };
const longestCode = 2_000;

/** A code span ends at the next run of as many backticks as it begins with. */
function matchCode(body: string, at: number): FoundInline | undefined {
  codeSpan.pattern.lastIndex = at;
  const before = codeSpan.pattern.exec(body)?.[0] ?? '';
  const from = at + before.length;
  for (const run of body.slice(from, from + longestCode).matchAll(/`+/gu)) {
    if (run[0].length !== before.length) continue;
    const content = body.slice(from, from + run.index);
    return { inline: codeSpan, before, content, after: before, length: 2 * before.length + content.length };
  }
  return undefined;
}

function matchInline(body: string, at: number): FoundInline | undefined {
  if (body[at] === '`') return body[at - 1] === '`' ? undefined : matchCode(body, at);
  for (const inline of inlines) {
    inline.pattern.lastIndex = at;
    const match = inline.pattern.exec(body);
    if (!match) continue;
    const [whole, before = '', content = '', after = ''] = match;
    return { inline, before, content, after, length: whole.length };
  }
  return undefined;
}

function writeInline(text: string, at: number, found: FoundInline, base: TextStyle, writer: RunWriter, depth: number): void {
  const { inline, before, content, after } = found;
  const style = inline.style(base, after, content);
  const from = at + before.length;
  const to = from + content.length;
  writer.add(at, from, syntaxStyle);
  if (inline.verbatim || depth >= deepest) writer.add(from, to, style);
  else inlineRuns(text, from, to, style, writer, depth + 1);
  writer.add(to, to + after.length, syntaxStyle);
}
