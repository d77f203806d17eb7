import { createPieceFilter, type Piece, type PieceContext, type PieceRule, type TextFilter } from './piece-filter.ts';

const address = /(?:https?:\/\/|www\.)[^\s<>"'“”„‘’`()[\]{}【】。，、；]+/giu;
const leadingAddress = new RegExp(`^${address.source}`, 'iu');
const link = /^!?\[([^[\]\n]{0,300})\]\([^()\n]{0,300}(?:\([^()\n]{0,100}\)[^()\n]{0,100})?\)/u;
const openLink = /^!?\[[^[\]\n]*(?:\]?|\]\([^\n]*)$/u;
const tag = /^<(?:\/?[a-z][^<>\n]{0,400}|!--[^<>]{0,400}--|\|[^<>\n]{0,40})>/iu;
const openTag = /^<(?:\/?[a-z][^<>\n]*|[/!]|!-[^<>]*|\|[^<>\n]*)?$/iu;
const angled = /^<((?:https?:\/\/|mailto:)[^\s<>]{1,300})>/iu;
const thinkEnd = '</think>';
const plain = /^[^\s[!<*`#hHwW~]+/u;

/**
 * Makes plain text of what a model writes: links become their words; tags, emphasis, headings' marks, code fences and a
 * model's thoughts (`<think>`) are left out, and so are addresses that stand in none of `texts`.
 */
export function stripMarkup(texts: readonly string[]): TextFilter {
  const known = new Set(texts.flatMap((text) => text.match(address) ?? []).map(withoutEnd));
  return createPieceFilter([createThoughtRule(), createLinkRule(known), createAngledRule(known), readTag, readEmphasis, readHeading, createAddressRule(known)], plain);
}

/** A thought may be long: it is left out as it comes, until it is closed. */
function createThoughtRule(): PieceRule {
  let isThinking = false;
  return (rest, { mustDecide }) => {
    if (!isThinking && !/^<think>/iu.test(rest)) return undefined;
    isThinking = true;
    const end = rest.toLowerCase().indexOf(thinkEnd);
    if (end >= 0) {
      isThinking = false;
      return { length: end + thinkEnd.length, text: '', isDropped: true };
    }
    // The end of `rest` may be the beginning of the thought's end.
    const length = rest.length > thinkEnd.length ? rest.length - thinkEnd.length : mustDecide ? rest.length : 0;
    return length > 0 ? { length, text: '', isDropped: true } : 'more';
  };
}

function createLinkRule(known: ReadonlySet<string>): PieceRule {
  return (rest, { mustDecide }) => {
    if (!/^!?\[/u.test(rest)) return rest === '!' && !mustDecide ? 'more' : undefined;
    const found = link.exec(rest);
    if (found === null) return openLink.test(rest) && !mustDecide ? 'more' : undefined;
    const [{ length }, words = ''] = found;
    // The words of a link may be a mark, and marks are judged after this.
    return { length, text: /^[\d\s,]+$/u.test(words) ? `[${words}]` : plainWords(words, known) };
  };
}

function plainWords(words: string, known: ReadonlySet<string>): string {
  return words.replace(/[*`<>]/gu, '').replace(address, (one) => (known.has(withoutEnd(one)) ? one : '')).trim();
}

function createAngledRule(known: ReadonlySet<string>): PieceRule {
  return (rest) => {
    const found = angled.exec(rest);
    if (found === null) return undefined;
    const [{ length }, inside = ''] = found;
    return known.has(withoutEnd(inside)) ? { length, text: inside } : { length, text: '', isDropped: true };
  };
}

function readTag(rest: string, { mustDecide }: PieceContext): Piece | 'more' | undefined {
  if (!rest.startsWith('<')) return undefined;
  const found = tag.exec(rest);
  if (found !== null) return { length: found[0].length, text: '', isDropped: true };
  if (openTag.test(rest) && !mustDecide) return 'more';
  // `x < 5` is no tag; anything else could become one with what is left out behind it.
  return { length: 1, text: /^<[\s\d=-]/u.test(rest) ? '<' : '‹' };
}

function readEmphasis(rest: string, { before, mustDecide }: PieceContext): Piece | 'more' | undefined {
  const run = /^(?:\*+|`+|~+)/u.exec(rest)?.[0];
  if (run === undefined) return undefined;
  if (run.length === rest.length && !mustDecide) return 'more';
  if (run.startsWith('```')) return readFence(rest, mustDecide);
  const next = rest.slice(run.length, run.length + 1);
  // `2*3`, the marker of a list, and `~20` stay.
  const isText = run === '~' || (run === '*' && ((/^\s/u.test(next) && /^\s?$/u.test(before)) || (/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(next))));
  return isText ? { length: 1, text: run } : { length: run.length, text: '', isDropped: true };
}

/** A code fence with the name of its language. */
function readFence(rest: string, mustDecide: boolean): Piece | 'more' {
  if (/^`{3,}[\w+#-]{0,20}$/u.test(rest) && !mustDecide) return 'more';
  const fence = /^`{3,}(?:[\w+#-]{0,20}(?=\s|$))?/u.exec(rest)?.[0] ?? rest.slice(0, 3);
  return { length: fence.length, text: '', isDropped: true };
}

function readHeading(rest: string, { before, mustDecide }: PieceContext): Piece | 'more' | undefined {
  if (!rest.startsWith('#') || (before !== '' && before !== '\n')) return undefined;
  if (/^#{1,6}\s*$/u.test(rest) && !mustDecide) return 'more';
  const run = /^#{1,6}[^\S\n]+/u.exec(rest)?.[0];
  return run === undefined ? undefined : { length: run.length, text: '', isDropped: true };
}

function createAddressRule(known: ReadonlySet<string>): PieceRule {
  return (rest, { before, mustDecide }) => {
    if (!/^[hw]/iu.test(rest) || (/^w/iu.test(rest) && /[\p{L}\p{N}]$/u.test(before))) return undefined;
    const start = rest.slice(0, 8).toLowerCase();
    if (!mustDecide && ['https://', 'http://', 'www.'].some((scheme) => scheme.startsWith(start))) return 'more';
    const found = leadingAddress.exec(rest)?.[0];
    if (found === undefined) return undefined;
    if (found.length === rest.length && !mustDecide) return 'more';
    const text = withoutEnd(found);
    return known.has(text) ? { length: text.length, text } : { length: text.length, text: '', isDropped: true };
  };
}

/** An address without the punctuation of the sentence that it ends. */
function withoutEnd(found: string): string {
  return found.replace(/[.,;:!?*_]+$/u, '');
}
