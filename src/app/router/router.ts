import { signal, type ReadonlySignal } from '@preact/signals';
import type { AnswerId, ConversationId } from '#core/ids.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';

/** What belongs to a place in the history without being part of its address: the conversation beside an open source. */
export type Place = { conversation?: ConversationId; answer?: AnswerId };

export type Router = {
  readonly route: ReadonlySignal<Route>;
  readonly place: ReadonlySignal<Place>;
  /** Shows a route and sets the address; `replace` leaves no step to go back to. */
  navigate(route: Route, options?: { replace?: boolean; place?: Place }): void;
  /** Stops listening to the window. */
  dispose(): void;
};

/** A router over the window's history. A reload keeps route and place, as the browser keeps `history.state`. */
export function createRouter(view: Window): Router {
  const route = signal(parseRoute(view.location));
  const place = signal(readPlace(view.history.state));
  const onMove = () => {
    place.value = readPlace(view.history.state);
    route.value = parseRoute(view.location);
  };
  view.addEventListener('popstate', onMove);
  view.addEventListener('hashchange', onMove);
  return {
    route,
    place,
    navigate(next, options = {}) {
      const nextPlace = options.place ?? {};
      const address = formatRoute(next);
      const same = address === view.location.pathname + view.location.hash;
      view.history[options.replace || same ? 'replaceState' : 'pushState'](nextPlace, '', address);
      place.value = nextPlace;
      route.value = next;
    },
    dispose() {
      view.removeEventListener('popstate', onMove);
      view.removeEventListener('hashchange', onMove);
    },
  };
}

function readPlace(state: unknown): Place {
  return typeof state === 'object' && state !== null ? state : {};
}
