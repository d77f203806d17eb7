import { useApp } from '../../app-context.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { DropZone, isCollectionEmpty, WaysIn } from '../first-visit/ways-in.tsx';
import { CoverageHint } from './coverage-hint.tsx';

/** What to do where a question found no document to search: wait for the reading, or bring documents in. */
export function NothingSearched({ turn, last }: { turn: TurnView; last: boolean }) {
  const app = useApp();
  if (!last) return null;
  if ((turn.search?.coverage.sourcesPending ?? 0) > 0) return <CoverageHint turn={turn} />;
  if (app.library.sources.value.size === 0) return <WaysIn />;
  return isCollectionEmpty(app) ? <DropZone /> : null;
}
