import { useApp } from '../../app-context.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { WaysIn } from '../first-visit/ways-in.tsx';
import { CoverageHint } from './coverage-hint.tsx';

/** What to do where a question found no document to search: wait for the reading, or bring documents in. */
export function NothingSearched({ turn, last }: { turn: TurnView; last: boolean }) {
  const { library } = useApp();
  if (!last) return null;
  if ((turn.search?.coverage.sourcesPending ?? 0) > 0) return <CoverageHint turn={turn} />;
  return library.sources.value.size === 0 ? <WaysIn /> : null;
}
