/** A match of find-in-source; `current` is the one stepped to. */
export type FoundRange = { start: number; end: number; current: boolean };

/** What find shows: all matches in order and which of them is stepped to (-1: none). */
export type Found = { matches: readonly { start: number; end: number }[]; current: number };

export const nothingFound: Found = { matches: [], current: -1 };

/** Index of the first match that ends after `at`. */
export function firstMatchAfter(matches: Found['matches'], at: number): number {
  let [low, high] = [0, matches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Index of the match `steps` after the first one that ends after `from`, around the ends of the text; -1 while no match
 * after `from` is known and more may come.
 */
export function matchAfterSteps(matches: Found['matches'], from: number, steps: number, moreMayCome: boolean): number {
  const count = matches.length;
  const first = firstMatchAfter(matches, from);
  if (count === 0 || (first === count && moreMayCome)) return -1;
  return (((first + steps) % count) + count) % count;
}

/** The matches that touch the range `start` to `end`, clipped to it. */
export function foundWithin(found: Found, start: number, end: number): FoundRange[] {
  const within: FoundRange[] = [];
  for (let index = firstMatchAfter(found.matches, start); index < found.matches.length; index += 1) {
    const match = found.matches[index];
    if (!match || match.start >= end) break;
    within.push({ start: Math.max(match.start, start), end: Math.min(match.end, end), current: index === found.current });
  }
  return within;
}
