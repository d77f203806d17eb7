import type { Citation } from '#core/answer/answer-types.ts';
import type { App } from '../../app-context.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { citationRoute } from '../answers/citation-link.tsx';

/** The answer whose citations are walked: the one that the open source belongs to, else the last with citations. */
export function citedTurn({ router, conversations }: Pick<App, 'router' | 'conversations'>): TurnView | undefined {
  const turns = conversations.current.value.turns.value;
  const { answer } = router.place.value;
  return turns.find((turn) => turn.id === answer) ?? turns.findLast((turn) => turn.citations.length > 0);
}

/** The citation that the address names, where it is one of these. */
export function openCitation(app: Pick<App, 'router'>, citations: readonly Citation[]): Citation | undefined {
  const route = app.router.route.value;
  if (route.page !== 'source' || !route.span) return undefined;
  const { source, span } = route;
  return citations.find(({ document, start, end }) => document === source && start === span.start && end === span.end);
}

/** Opens the next or previous citation of the answer; from none, the first or last. */
export function stepCitation(app: App, direction: 1 | -1): void {
  const turn = citedTurn(app);
  if (!turn || turn.citations.length === 0) return;
  const open = openCitation(app, turn.citations);
  const from = open ? turn.citations.indexOf(open) : direction > 0 ? -1 : turn.citations.length;
  const next = turn.citations[from + direction];
  const conversation = app.conversations.current.value.id.value;
  if (next) app.router.navigate(citationRoute(next), { place: { answer: turn.id, ...(conversation && { conversation }) }, replace: open !== undefined });
}
