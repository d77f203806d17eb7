import { useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useApp, type App } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { sourcesOf } from '../../model/library.ts';
import { Link } from '../../router/link.tsx';
import { currentScope } from '../library/scope.ts';
import { countWords } from '../library/source-words.ts';
import { useAsk } from './use-ask.ts';
import { chosenWriter } from './writers.ts';
import './written-answer.css';

/** Where questions are asked: Enter asks, Shift+Enter breaks the line, Up recalls, Esc stops. */
export function QuestionBox() {
  const app = useApp();
  const { question, conversations } = app;
  const field = useRef<HTMLTextAreaElement>(null);
  const recalled = useRef(0);
  const ask = useAsk();
  const isRunning = conversations.running.value !== undefined;
  useSignalEffect(() => {
    if (question.focusRequests.value > 0) queueMicrotask(() => focusAtEnd(field.current));
  });
  const submit = () => {
    recalled.current = 0;
    if (!isRunning && question.text.value.trim() !== '') ask(question.text.value.trim());
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && (question.text.value === '' || recalled.current > 0)) {
      const before = question.asked.value.at(-1 - recalled.current);
      if (before === undefined) return;
      event.preventDefault();
      recalled.current += 1;
      question.text.value = before;
    }
  };
  return (
    <form class="ask" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <div class="column">
        <ScopeLine />
        <div class="box">
          <textarea
            ref={field}
            id="question"
            rows={1}
            aria-label={t('answers.box')}
            placeholder={t('answers.box')}
            value={question.text.value}
            onInput={(event) => { question.text.value = event.currentTarget.value; recalled.current = 0; }}
            onKeyDown={onKey}
          />
          {isRunning
            ? <button type="button" class="button" onClick={() => void conversations.stop()}>{t('answers.stop')}</button>
            : <button type="submit" class="button main">{t('answers.ask')}</button>}
        </div>
        <p class="keys">{t('answers.keys')}</p>
      </div>
    </form>
  );
}

/** What will be searched, in words. */
function ScopeLine() {
  const app = useApp();
  const { library, offline } = app;
  const scope = currentScope(app);
  const collection = library.collections.value.find((one) => one.id === scope);
  const sources = countWords(sourcesOf(library.sources.value.values(), collection?.id));
  if (!library.ready.value) return <p class="scope">{'\u00A0'}</p>;
  if (library.sources.value.size === 0) return <p class="scope">{t('answers.scope-nothing')}</p>;
  return (
    <p class="scope">
      <span>
        {collection
          ? <>{t('answers.scope-in')} <Link to={{ page: 'collection', collection: collection.id }}>{collection.name}</Link>, {sources}</>
          : t('answers.scope-all', { sources })}
      </span>
      {offline.offlineSince.value && <span class="off">{t('answers.offline')}</span>}
      <span class="generator"><Link to={{ page: 'models' }}>{writerWords(app)}</Link></span>
    </p>
  );
}

/** Who answers: the documents themselves, or a model besides. */
function writerWords(app: App): string {
  const writer = chosenWriter(app);
  if (writer?.phase === 'ready') return t('written.box-written', { model: writer.title });
  return writer?.phase === 'starting' ? t('written.box-starting', { model: writer.title }) : t('written.box-quoted');
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
