import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { CorpusId } from '#core/ids.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { sourcesOf } from '../../model/library.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { Link } from '../../router/link.tsx';
import { currentScope } from '../library/scope.ts';
import { CoverageHint } from './coverage-hint.tsx';
import { ask } from './use-ask.ts';

type Help = { text: string; action: ComponentChildren };

/** Next steps where the documents do not answer: each with its action. */
export function WhatCouldHelp({ turn, last }: { turn: TurnView; last: boolean }) {
  const id = useId();
  const helps = useHelps(turn, useElsewhere(turn, last));
  return (
    <div class="help" role="group" aria-labelledby={id}>
      <h3 id={id}>{t('answers.help')}</h3>
      <ul>{helps.map(({ text, action }) => <li key={text}><span>{text}</span>{action}</li>)}</ul>
      <CoverageHint turn={turn} />
    </div>
  );
}

type Elsewhere = readonly { collection: CorpusId; passages: number }[];

const nowhere: Elsewhere = [];
const shownCollections = 2;

/** Other collections that seem to answer it, looked into for the last question only. */
function useElsewhere(turn: TurnView, last: boolean): Elsewhere {
  const { engine, conversations, library } = useApp();
  const found = useSignal(nowhere);
  const scope = conversations.current.value.collection.value;
  const isWorthwhile = last && scope !== undefined && library.collections.value.length > 1;
  useEffect(() => {
    if (!isWorthwhile) return;
    engine.findElsewhere(turn.rewritten ?? turn.question, scope).then((hits) => { found.value = hits.slice(0, shownCollections); }, () => {});
  }, [isWorthwhile, turn.id]);
  return found.value;
}

function useHelps(turn: TurnView, elsewhere: Elsewhere): Help[] {
  const app = useApp();
  const scope = currentScope(app);
  const inScope = sourcesOf(app.library.sources.value.values(), scope);
  const helps: Help[] = [];
  for (const source of inScope.filter((one) => (one.coverage?.unreadPages.length ?? 0) > 0).slice(0, 2)) {
    helps.push({
      text: t('answers.help-scans', { count: source.coverage?.unreadPages.length ?? 0, title: source.title }),
      action: <Link to={{ page: 'source', collection: source.collection, source: source.id }} place={app.router.place.value}>{t('answers.help-look')}</Link>,
    });
  }
  const failed = inScope.filter((one) => one.state === 'failed').length;
  if (failed > 0) helps.push({ text: t('answers.help-failed', { count: failed }), action: <button type="button" class="textual" onClick={() => { app.layout.shown.value = 'library'; app.layout.libraryHidden.value = false; }}>{t('answers.help-show')}</button> });
  for (const { collection, passages } of elsewhere) {
    const name = app.library.collections.value.find((one) => one.id === collection)?.name;
    if (name === undefined) continue;
    const askThere = () => {
      app.router.navigate({ page: 'collection', collection });
      ask(app, turn.question);
    };
    helps.push({ text: t('answers.help-elsewhere', { collection: name, count: passages }), action: <button type="button" class="textual" onClick={askThere}>{t('answers.help-ask-there', { collection: name })}</button> });
  }
  helps.push({ text: t('answers.help-words'), action: <button type="button" class="textual" onClick={() => app.question.edit(turn.question)}>{t('answers.edit')}</button> });
  helps.push({ text: t('answers.help-add'), action: <button type="button" class="textual" onClick={() => chooseFiles(app)}>{t('answers.help-add-action')}</button> });
  return helps;
}

/** Opens the file chooser of the Library. */
export function chooseFiles(app: ReturnType<typeof useApp>): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file][multiple]');
  if (input) input.click();
  else app.layout.shown.value = 'library';
}
