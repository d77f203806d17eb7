import { effect, untracked } from '@preact/signals';
import type { App } from '../../app-context.ts';

/** Keeps the conversation and the region in view with what the address names. Runs for the life of the page. */
export function followRoute({ router, conversations, layout }: Pick<App, 'router' | 'conversations' | 'layout'>): void {
  effect(() => {
    const route = router.route.value;
    const place = router.place.value;
    untracked(() => {
      layout.shown.value = route.page === 'source' ? 'source' : 'ask';
      const current = conversations.current.value;
      const wanted = route.page === 'chat' ? route.conversation : route.page === 'source' ? place.conversation : undefined;
      if (wanted !== undefined) {
        if (current.id.value !== wanted) void conversations.open(wanted);
      } else if (route.page === 'home' || route.page === 'collection' || (route.page === 'source' && current.state.value === 'loading')) {
        conversations.begin(route.page === 'home' ? undefined : route.collection);
      }
    });
  });
}
