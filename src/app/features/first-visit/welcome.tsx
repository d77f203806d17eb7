import type { Collection } from '#core/engine/engine-api.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { currentScope } from '../library/scope.ts';
import { FirstVisit } from './first-visit.tsx';
import { RecentConversations } from './recent-conversations.tsx';
import { SampleQuestions } from './sample-questions.tsx';
import { DropZone, isCollectionEmpty } from './ways-in.tsx';
import { DeviceLine } from '../models/device-line.tsx';
import './first-visit.css';

/** What stands in a conversation before its first question. */
export function Welcome() {
  const app = useApp();
  const { library } = app;
  // The page that a sample question was chosen on stays as it is until the question is asked.
  if (library.sources.value.size === 0 || app.samples.waiting.value?.firstVisit) return <FirstVisit />;
  const scope = currentScope(app);
  const collection = library.collections.value.find((one) => one.id === scope);
  // While a sample question waits, what is being done for it stays in view on every page on the way.
  const isSample = collection?.name === t('adding.sample-collection') || app.samples.waiting.value !== undefined;
  return (
    <div class="hello"><div class="column">
      <h1 class="tagline">{t('first.tagline')}</h1>
      <p class="lede">{welcomeWords(collection)}</p>
      {isCollectionEmpty(app) && <DropZone />}
      {isSample && <div class="try"><SampleQuestions /></div>}
      <RecentConversations />
      <div class="fine"><DeviceLine /></div>
    </div></div>
  );
}

function welcomeWords(collection: Collection | undefined): string {
  if (!collection) return t('first.ask-all');
  return t(collection.sources === 0 ? 'first.add-here' : 'first.ask-collection', { collection: collection.name });
}
