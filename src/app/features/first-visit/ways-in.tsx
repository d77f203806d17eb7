import { useSignal } from '@preact/signals';
import { type App, useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { AddButtons } from '../adding/add-buttons.tsx';
import { PasteForm } from '../adding/paste-form.tsx';
import { isNothingSearched } from '../answers/answer-words.ts';
import { currentScope } from '../library/scope.ts';
import { SampleQuestions } from './sample-questions.tsx';
import './first-visit.css';

/** All ways to bring documents into an empty library, and samples to try. */
export function WaysIn() {
  const { adding, fail } = useApp();
  const opening = useSignal(false);
  const openSamples = () => {
    opening.value = true;
    adding.openSamples().catch(fail).finally(() => { opening.value = false; });
  };
  return (
    <>
      <DropZone />
      <div class="try">
        <div class="row">
          <h2>{t('first.no-documents')}</h2>
          <button type="button" class="button" aria-disabled={opening.value} onClick={openSamples}>{t('first.try')}</button>
        </div>
        <SampleQuestions />
      </div>
    </>
  );
}

/** The ways to bring documents of one's own in. */
export function DropZone() {
  return (
    <div class="drop-zone">
      <p>{t('first.drop')}</p>
      <AddButtons big />
      <PasteForm />
    </div>
  );
}

type Parts = Pick<App, 'library' | 'conversations' | 'router' | 'samples'>;

/** Whether what is asked now is a collection that holds nothing yet. */
export function isCollectionEmpty({ library, conversations, router }: Pick<Parts, 'library' | 'conversations' | 'router'>): boolean {
  const scope = currentScope({ router, conversations });
  return library.collections.value.some(({ id, sources }) => id === scope && sources === 0);
}

/** Whether the conversation shows the ways in, so that the Library need not. */
export function areWaysInShown(app: Parts): boolean {
  const { library, conversations, router, samples } = app;
  const { page } = router.route.value;
  const talk = conversations.current.value;
  const isFirstVisit = library.sources.value.size === 0 || samples.waiting.value?.firstVisit === true;
  if (!(isFirstVisit || isCollectionEmpty(app)) || talk.state.value !== 'ready') return false;
  if (page !== 'home' && page !== 'collection' && page !== 'chat' && page !== 'source') return false;
  const last = talk.turns.value.at(-1);
  return last === undefined || (isNothingSearched(last) && last.search?.coverage.sourcesPending === 0);
}
