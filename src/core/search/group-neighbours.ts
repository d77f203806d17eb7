import type { RankedPassage } from './search-types.ts';

/** Ranked passages that follow one another in a document, in its order, with the best fused score among them. */
export type PassageGroup = { passages: RankedPassage[]; fused: number };

/**
 * Joins ranked passages that are neighbours in their document, so that they can be shown as one stretch of it: the text of
 * a group is its passages' texts joined. Groups come in falling `fused`; every passage is in one of them.
 */
export function groupNeighbours(passages: readonly RankedPassage[]): PassageGroup[] {
  const ordered = passages.toSorted(
    (a, b) => compare(a.corpus, b.corpus) || compare(a.document.id, b.document.id) || a.passage.ordinal - b.passage.ordinal,
  );
  const groups: PassageGroup[] = [];
  for (const passage of ordered) {
    const group = groups.at(-1);
    const last = group?.passages.at(-1);
    if (group !== undefined && last !== undefined && follows(last, passage)) {
      group.passages.push(passage);
      group.fused = Math.max(group.fused, passage.fused);
    } else groups.push({ passages: [passage], fused: passage.fused });
  }
  return groups.sort((a, b) => b.fused - a.fused);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function follows(last: RankedPassage, next: RankedPassage): boolean {
  return last.corpus === next.corpus && last.document.id === next.document.id && last.passage.ordinal + 1 === next.passage.ordinal;
}
