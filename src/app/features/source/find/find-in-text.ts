const sliceCharacters = 200_000;
const longestMatch = 2_000;

/** Matches beyond this many are not counted. */
export const matchLimit = 10_000;

export type TextMatch = { start: number; end: number };

/** A pattern for `query` that ignores case and takes any white space, line breaks included, for white space. */
export function findPattern(query: string): RegExp | undefined {
  const words = query.normalize('NFC').trim().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return undefined;
  return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)).join(String.raw`\s{1,40}`), 'giu');
}

/**
 * Finds `query` in `text`, in slices, and gives way to the page between them. Each step yields all matches so far; at
 * most `matchLimit` are found. Offsets are UTF-16.
 */
export async function* findInText(text: string, query: string, pause: () => Promise<void>): AsyncGenerator<TextMatch[]> {
  const pattern = findPattern(query);
  if (!pattern) return;
  const matches: TextMatch[] = [];
  let resumeAt = 0;
  for (let from = 0; from < text.length && matches.length < matchLimit; from += sliceCharacters) {
    const to = from + sliceCharacters;
    const slice = text.slice(Math.max(from, resumeAt), to + longestMatch);
    collectMatches(pattern, slice, Math.max(from, resumeAt), to, matches);
    resumeAt = matches.at(-1)?.end ?? 0;
    yield [...matches];
    await pause();
  }
}

function collectMatches(pattern: RegExp, slice: string, offset: number, before: number, matches: TextMatch[]): void {
  for (const match of slice.matchAll(pattern)) {
    const start = offset + match.index;
    if (start >= before || matches.length >= matchLimit) return;
    matches.push({ start, end: start + match[0].length });
  }
}
