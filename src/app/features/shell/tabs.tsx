import { useRef } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { Route } from '../../router/route.ts';
import { formatRoute } from '../../router/route.ts';

/** The three regions as tabs, on a page with room for one. */
export function Tabs() {
  const { layout, router, conversations } = useApp();
  const lastSource = useRef<Route | undefined>(undefined);
  const route = router.route.value;
  if (route.page === 'source') lastSource.current = route;
  const id = conversations.current.value.id.value;
  const place = router.place.value;
  const conversation: Route = id ? { page: 'chat', conversation: id } : { page: 'home' };
  const isConversation = route.page === 'chat' || route.page === 'home' || route.page === 'collection' || route.page === 'source';
  const show = (region: 'ask' | 'library' | 'source') => {
    if (region === 'ask' && !isConversation) router.navigate(conversation);
    if (region === 'source' && route.page !== 'source' && lastSource.current) router.navigate(lastSource.current, { place: { ...place, ...(id && { conversation: id }) } });
    layout.shown.value = region;
  };
  const tab = (region: 'ask' | 'library' | 'source', address: string) => (
    <a href={address} aria-current={layout.shown.value === region && (region !== 'ask' || isConversation) ? 'page' : undefined} onClick={(event) => { event.preventDefault(); show(region); }}>{t(`shell.${region}`)}</a>
  );
  return (
    <nav class="tabs" aria-label={t('shell.views')}>
      {tab('ask', formatRoute(conversation))}
      {tab('library', formatRoute(route))}
      {tab('source', formatRoute(lastSource.current ?? route))}
    </nav>
  );
}
