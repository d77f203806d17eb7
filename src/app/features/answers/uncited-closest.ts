import type { Citation } from '#core/answer/answer-types.ts';
import type { TurnView } from '../../model/turn-view.ts';

const shownPassages = 3;

/** The closest passages of which the answer has not quoted a part already. */
export function uncitedClosest({ closest, citations }: Pick<TurnView, 'closest' | 'citations'>): Citation[] {
  return closest.filter((near) => !citations.some((cited) => overlaps(cited, near))).slice(0, shownPassages);
}

function overlaps(a: Citation, b: Citation): boolean {
  return a.document === b.document && a.start < b.end && b.start < a.end;
}
