import type { CorpusId } from '#core/ids.ts';
import type { App } from '../../app-context.ts';

/** The collection that is asked and added to now; undefined is all of them. */
export function currentScope({ router, conversations }: Pick<App, 'router' | 'conversations'>): CorpusId | undefined {
  const route = router.route.value;
  if (route.page === 'collection') return route.collection;
  if (route.page === 'source' && !router.place.value.conversation) return route.collection;
  return conversations.current.value.collection.value;
}
