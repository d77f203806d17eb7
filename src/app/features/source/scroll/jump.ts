/**
 * A wish to see a place: the evidence in view, the current match of find, the text at `at`, or a page of a PDF. A new
 * object is a new wish, also to the same place.
 */
export type Jump = { to: 'evidence' | 'match' | 'place'; at: number } | { to: 'page'; page: number };

/** The element a jump leads to among what is in the page now, if it is there. */
export function findJumpTarget(root: ParentNode, jump: Jump): HTMLElement | undefined {
  if (jump.to === 'page') return root.querySelector<HTMLElement>(`[data-page="${jump.page}"]`) ?? undefined;
  if (jump.to === 'evidence') return root.querySelector<HTMLElement>('mark.here') ?? undefined;
  if (jump.to === 'match') return root.querySelector<HTMLElement>('.source-found.current') ?? undefined;
  return findPlace(root, jump.at);
}

/** The last element in the page that begins at or before the offset `at`. */
export function findPlace(root: ParentNode, at: number): HTMLElement | undefined {
  let best: HTMLElement | undefined;
  let bestAt = -1;
  for (const element of root.querySelectorAll<HTMLElement>('[data-at]')) {
    const begins = Number(element.dataset['at']);
    if (begins <= at && begins >= bestAt) [best, bestAt] = [element, begins];
  }
  return best;
}
