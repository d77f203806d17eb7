import type { Source } from '#core/engine/engine-api.ts';
import { isSearchable } from '../../model/library.ts';
import type { TurnView } from '../../model/turn-view.ts';

/** Whether asking again would search the very same: the answer is whole, and the sources of its scope are those it searched. */
export function isUpToDate({ state, search, askedAt }: Pick<TurnView, 'state' | 'search' | 'askedAt'>, sources: readonly Source[]): boolean {
  if (!search || (state !== 'done' && state !== 'not-found')) return false;
  const { documents, passages, passagesByMeaning, sourcesPending } = search.coverage;
  if (sourcesPending > 0 || passagesByMeaning < passages) return false;
  const searchable = sources.filter(isSearchable);
  const passagesNow = searchable.reduce((sum, source) => sum + (source.passages ?? 0), 0);
  return searchable.length === documents && passagesNow === passages && searchable.every(({ addedAt }) => addedAt <= askedAt);
}
