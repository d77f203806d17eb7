import { useEffect } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { isPending, sourcesOf } from '../../model/library.ts';

/** Questions that the sample library answers. Choosing one opens the library first and asks as soon as it can be searched. */
export function SampleQuestions() {
  const { adding, samples, fail } = useApp();
  const chosen = samples.waiting.value?.question;
  useEffect(() => { adding.loadSampleQuestions().catch(() => {}); }, []);
  return (
    <>
      <ul class="sample-questions" aria-label={t('first.questions')}>
        {adding.sampleQuestions.value.map(({ text, about }) => (
          <li key={text}>
            <button type="button" aria-current={chosen === text ? 'true' : undefined} aria-disabled={chosen !== undefined} onClick={() => { samples.ask(text).catch(fail); }}><span>{text}</span>{about && <span>{about}</span>}</button>
          </li>
        ))}
      </ul>
      <p class="small quiet sample-wait" role="status">{useWaitWords()}</p>
    </>
  );
}

/** What is being done for the question that was chosen, and how far it is. */
function useWaitWords(): string {
  const { samples, library } = useApp();
  const wait = samples.waiting.value;
  if (!wait) return '';
  const rows = wait.collection ? sourcesOf(library.sources.value.values(), wait.collection) : [];
  const { question } = wait;
  if (rows.length === 0) return t('first.opening-samples', { question });
  return t('first.reading-samples', { question, done: rows.filter((row) => !isPending(row)).length, total: rows.length });
}
