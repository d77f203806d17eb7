import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { Route } from '../../router/route.ts';
import { ResizeGrip } from '../../ui/resize-grip.tsx';
import { isQuoted } from '../answers/answer-words.ts';
import type { SourceView } from '../source/source-view.tsx';
import { citedTurn, openCitation, stepCitation } from './step-citation.ts';

type View = typeof SourceView;
type SourceRoute = Extract<Route, { page: 'source' }>;

let loadedView: View | undefined;

/** The place of the Source region. The viewer is loaded with the first source that is opened. */
export function SourceRegion() {
  const app = useApp();
  const route = app.router.route.value;
  const isOpen = route.page === 'source';
  const isWaiting = app.router.place.value.conversation !== undefined && app.conversations.current.value.state.value === 'loading';
  const view = useSignal<{ component: View } | undefined>(loadedView && { component: loadedView });
  useEffect(() => {
    if (!isOpen || view.value) return;
    import('../source/source-view.tsx').then((module) => {
      loadedView = module.SourceView;
      view.value = { component: module.SourceView };
    }, app.fail);
  }, [isOpen]);
  return (
    <div class="source-place">
      {!isOpen && <section class="source" aria-label={t('shell.source')}><p class="nil">{t('shell.no-source')}</p></section>}
      {isOpen && (!view.value || isWaiting) && <section class="source" aria-label={t('shell.source')}><p class="nil" role="status">{t('shell.source-opening')}</p></section>}
      {isOpen && view.value && !isWaiting && <OpenSource app={app} route={route} View={view.value.component} />}
    </div>
  );
}

function OpenSource({ app, route, View }: { app: App; route: SourceRoute; View: View }) {
  const turn = citedTurn(app);
  const isCited = [...(turn?.citations ?? []), ...(turn?.closest ?? [])].some(({ document }) => document === route.source);
  const citations = isCited ? [...(turn?.citations ?? [])] : [];
  const active = openCitation(app, citations)?.number;
  return (
    <View
      engine={app.engine}
      source={route.source}
      citations={citations}
      quoted={turn !== undefined && isQuoted(turn)}
      active={active}
      span={route.span}
      visit={route}
      edge={<ResizeGrip label={t('shell.source-width')} width={app.layout.sourceWidth} side="start" min={320} max={1100} usual={480} />}
      onStep={(direction: 1 | -1) => stepCitation(app, direction)}
      onClose={() => closeSource(app)}
    />
  );
}

/** Shows what stood beside the source, alone again, with the focus where a person goes on. */
export function closeSource({ router, conversations, layout, question }: App): void {
  const id = conversations.current.value.id.value;
  const route = router.route.value;
  if (id) router.navigate({ page: 'chat', conversation: id });
  else if (route.page === 'source') router.navigate({ page: 'collection', collection: route.collection });
  layout.shown.value = 'ask';
  question.focusRequests.value += 1;
}
