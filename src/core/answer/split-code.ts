import type { TextSpan } from './split-sentences.ts';

/** Code of so many lines is read at once. */
const fewLines = 4;
/** A statement that goes on for more lines than this is cut. */
const longestStatement = 12;
const comment = /^\s*(?:\/\/|#(?!\[|include|define|!)|--(?=\s)|;|\/\*|\*(?=\s|\/|$)|"{3}|'{3}|<!--|%)/u;
const fence = /^\s*(?:`{3,}|~{3,})/u;

/**
 * Stretches of code that can be quoted by themselves, without surrounding empty lines and without the fences of Markdown:
 * short code as a whole, else each statement with the comment lines over it, up to where its brackets close.
 */
export function splitCode(code: string): TextSpan[] {
  const lines = linesOf(code).filter(({ text }) => !fence.test(text));
  const filled = lines.filter(({ text }) => text.trim() !== '');
  const [first, last] = [filled[0], filled.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (filled.length <= fewLines) return [{ start: first.start, end: last.end }];
  const spans: TextSpan[] = [];
  let open: { start: number; depth: number; lines: number; isCode: boolean } | undefined;
  for (const [i, { text, start, end }] of lines.entries()) {
    if (text.trim() === '') {
      open = undefined;
      continue;
    }
    const isComment = comment.test(text);
    open ??= { start, depth: 0, lines: 0, isCode: false };
    open.isCode ||= !isComment;
    open.depth += isComment ? 0 : depthOf(text);
    open.lines += 1;
    const goesOn = (open.depth > 0 || !open.isCode) && open.lines < longestStatement && (lines[i + 1]?.text.trim() ?? '') !== '';
    if (goesOn) continue;
    spans.push({ start: open.start, end });
    open = undefined;
  }
  return spans;
}

function linesOf(code: string): { text: string; start: number; end: number }[] {
  let at = 0;
  return code.split('\n').map((line) => {
    const start = at + (line.length - line.trimStart().length);
    const text = line.trimEnd();
    at += line.length + 1;
    return { text, start: Math.min(start, at - 1), end: at - 1 - (line.length - text.length) };
  });
}

function depthOf(line: string): number {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gu, '');
  return (bare.match(/[([{]/gu)?.length ?? 0) - (bare.match(/[)\]}]/gu)?.length ?? 0);
}
