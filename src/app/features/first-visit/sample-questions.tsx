import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CorpusId } from '#core/ids.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { isPending, sourcesOf } from '../../model/library.ts';
import { useAsk } from '../answers/use-ask.ts';

/** Questions that the sample library answers. Choosing one opens the library first and asks as soon as it is read. */
export function SampleQuestions() {
  const { adding, library, conversations, fail } = useApp();
  const ask = useAsk();
  const waiting = useSignal<{ question: string; collection: CorpusId } | undefined>(undefined);
  useEffect(() => { adding.loadSampleQuestions().catch(() => {}); }, []);
  useSignalEffect(() => {
    const next = waiting.value;
    if (!next) return;
    const samples = sourcesOf(library.sources.value.values(), next.collection);
    if (samples.length === 0 || samples.some(isPending) || conversations.current.value.collection.value !== next.collection) return;
    waiting.value = undefined;
    ask(next.question);
  });
  const choose = (question: string) => {
    adding.openSamples().then((collection) => { waiting.value = { question, collection }; }, fail);
  };
  const questions = adding.sampleQuestions.value;
  return (
    <>
      <ul class="sample-questions" aria-label={t('first.questions')}>
        {questions.map(({ text, about }) => (
          <li key={text}><button type="button" onClick={() => choose(text)}><span>{text}</span>{about && <span>{about}</span>}</button></li>
        ))}
      </ul>
      <p class="small quiet" role="status">{waiting.value ? t('first.reading-samples') : ''}</p>
    </>
  );
}
