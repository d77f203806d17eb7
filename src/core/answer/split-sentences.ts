/** UTF-16 range of a text. */
export type TextSpan = { start: number; end: number };

const sentenceSegmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** ICU looks at the whole string it is given, so a long text is fed to it in windows of this many UTF-16 units. */
const windowLength = 8192;

/** Never end a sentence, whatever follows. */
const abbreviations = new Set(
  ('dr mr mrs ms prof st vs al e.g i.e cf fig figs eq eqs sec sect ch vol ed eds pp p approx resp viz gen sen rep gov col sgt ' +
    'art abs nr bzw z.b d.h u.a s.o s.u vgl ca hr fr str tel inkl evtl ggf sog u.u z.t i.d.r m.e ' +
    'sr sra ud uds pág págs núm m mme mlle n.b').split(' '),
);
/** End no sentence when a number follows: `No. 5`, `S. 12`. */
const beforeNumber = new Set('no nos n s rn rz kap ziff abb tab ref para paras cl reg rev ver bd jg'.split(' '));
const germanMonths = /^(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?!\p{L})/u;
/** Words that open a sentence more often than they follow `U.S.` within one. */
const sentenceOpeners = new Set('he she it the this that these those in on at a an we they i you but and if when as for our his her its their there'.split(' '));
const listMarker = /^\s*(?:[-*+•–·▪◦]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s/iu;
const loneMarker = /^\s*(?:[-*+•–·▪◦]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s*$/iu;
const nameInitial = /(?:^(?:\s*[-*+•–]\s+)?|[,:;(&]\s*|\p{Lu}\p{Ll}+\s+|\p{Lu}\.\s*|(?:^|\s)(?:and|or|by|with|from|to|for|which|that|whom|whose|as|than|is|was|are|were|und|oder|von|mit|et|y)\s+)\p{Lu}\.\s*$/u;
const footnotes = /(?<=[.!?…。]["'”’)]{0,2})(?:[ \u00a0]?\[(?:[\d\s,–-]{1,12}|[a-z]{1,2}|(?:note|nb) \d{1,3}|[a-z ]{4,20} needed)\](?::[ \u00a0\u200a]?\d[\d,–\s-]{0,20}\d(?=\s))?)+(?=\s|$)/gu;
const inlineCode = /`[^`\n]{1,120}`/gu;
const keyValueLine = /^\s*[\p{L}_"'][\p{L}\p{N}_.[\]"' -]{0,60}:\s/u;
const tableLine = /\t|\s\|\s|^\s*\|/u;

/**
 * Splits a text into sentences: contiguous ranges that cover it, white space going to the sentence before it. Works by
 * Unicode UAX 29 (`Intl.Segmenter`), with two repairs: no break after abbreviations (`z. B.` too), initials, list numbers and German
 * ordinals, and none where a line was merely wrapped; the marks of footnotes stay with the sentence they end. Lines that are items, rows or short lines of their own stay apart.
 * Never splits a surrogate pair. Linear time.
 */
export function splitSentences(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let from = 0;
  while (from < text.length) {
    const to = windowEnd(text, from);
    const found = splitWindow(text.slice(from, to), from);
    // The last one of a window that is not the last may go on behind it: it is looked at again with what follows.
    const last = to < text.length && found.length > 1 ? found.pop() : undefined;
    spans.push(...found);
    from = last?.start ?? to;
  }
  return spans;
}

function windowEnd(text: string, from: number): number {
  const to = from + windowLength;
  if (to >= text.length) return text.length;
  return isLowSurrogate(text, to) ? to + 1 : to;
}

/** True when a cut before `at` would split a surrogate pair. */
export function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0xdc00 || unit > 0xdfff) return false;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

function splitWindow(window: string, offset: number): TextSpan[] {
  const joined = muteCode(closeFootnotes(joinWrappedLines(window)));
  const spans: TextSpan[] = [];
  let start = 0;
  for (const { segment, index } of sentenceSegmenter.segment(joined)) {
    const end = index + segment.length;
    const previous = spans.at(-1);
    if (segment.trim() === '') {
      if (start !== index || !previous) continue;
      previous.end = offset + end;
    } else {
      if (end < joined.length && continues(joined, start, end)) continue;
      spans.push({ start: offset + start, end: offset + end });
    }
    start = end;
  }
  if (start < joined.length) spans.push({ start: offset + start, end: offset + joined.length });
  return spans;
}

/** A footnote's mark belongs to the sentence it ends: `year.[129] In` is read as `year.))))) In`, which UAX 29 breaks behind it. */
function closeFootnotes(text: string): string {
  return text.includes('[') ? text.replace(footnotes, (marks) => ')'.repeat(marks.length)) : text;
}

/** No sentence ends within inline code (the `?` operator). */
function muteCode(text: string): string {
  return text.includes('`') ? text.replace(inlineCode, (code) => code.replace(/[.?!]/gu, '_')) : text;
}

/** Whether the sentence found from `start` to `end` goes on behind `end`. */
function continues(text: string, start: number, end: number): boolean {
  const sentence = text.slice(Math.max(start, end - 64), end);
  if (/\n\s*$/u.test(sentence)) return false;
  if (end - start < 16 && loneMarker.test(text.slice(start, end))) return true;
  const lastWord = /([\p{L}\p{N}.]*)\.\s*$/u.exec(sentence)?.[1];
  if (lastWord === undefined) return false;
  const next = text.slice(end, end + 24);
  const word = lastWord.toLowerCase().replace(/^\./u, '');
  if (abbreviations.has(word)) return true;
  if (/(?:^|\s)\p{Ll}\.\s+\p{L}\.\s*$/u.test(sentence) || (/^\p{Ll}$/u.test(lastWord) && /^\s*\p{L}\./u.test(next))) return true;
  if (beforeNumber.has(word) && /^\s*\d/u.test(next)) return true;
  if (/^\d{1,2}$/u.test(word)) return germanMonths.test(next);
  return isInitial(sentence, lastWord) && !sentenceOpeners.has(/^\p{L}+/u.exec(next)?.[0]?.toLowerCase() ?? '');
}

/** `J.` where a name may begin or go on, not after any other word (`vitamin C.`); `U.S.` anywhere. */
function isInitial(sentence: string, lastWord: string): boolean {
  if (/^(?:\p{Lu}\.)+\p{Lu}$/u.test(lastWord)) return true;
  return /^\p{Lu}$/u.test(lastWord) && nameInitial.test(sentence);
}

/** Whether a text is a record: two lines or more, each a key and its value. */
export function isRecord(text: string): boolean {
  const lines = text.trim().split('\n');
  return lines.length > 1 && lines.every((line) => keyValueLine.test(line) && !/[.!?]\s*$/u.test(line));
}

/** The text with a space (of equal length) for each line break that only wraps a line; UAX 29 would break at all of them. */
function joinWrappedLines(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split('\n');
  let joined = lines[0] ?? '';
  for (let i = 1; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const before = lines[i - 1] ?? '';
    joined += (isWrapped(before, line) ? ' ' : '\n') + line;
  }
  return joined;
}

function isWrapped(before: string, line: string): boolean {
  const head = line.slice(0, 32);
  if (head.trim() === '' || before.trim() === '' || listMarker.test(head) || /^\s*[#>|]/u.test(head)) return false;
  if (keyValueLine.test(before) && keyValueLine.test(line)) return false;
  if (before.trimEnd().endsWith(':') || (tableLine.test(before) && tableLine.test(line))) return false;
  if (/^\s*\p{Ll}/u.test(head)) return true;
  const isWide = /[\u2e80-\u9fff\uac00-\ud7ff]/u.test(before);
  return before.trimEnd().length >= (isWide ? 20 : 45);
}
