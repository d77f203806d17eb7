import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
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
export function WhatCouldHelp({ turn }: { turn: TurnView }) {
  const id = useId();
  const helps = useHelps(turn);
  return (
    <div class="help" role="group" aria-labelledby={id}>
      <h3 id={id}>{t('answers.help')}</h3>
      <ul>{helps.map(({ text, action }) => <li key={text}><span>{text}</span>{action}</li>)}</ul>
      <CoverageHint turn={turn} />
    </div>
  );
}

function useHelps(turn: TurnView): Help[] {
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
  if (scope !== undefined && app.library.collections.value.length > 1) {
    const everywhere = () => {
      app.router.navigate({ page: 'home' });
      app.conversations.begin(undefined);
      ask(app, turn.question);
    };
    helps.push({ text: t('answers.help-elsewhere'), action: <button type="button" class="textual" onClick={everywhere}>{t('answers.help-ask-all')}</button> });
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
