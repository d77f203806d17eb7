import { signal } from '@preact/signals';
import type { AnswerId } from '#core/ids.ts';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import { sourcesOf } from '../../model/library.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { CopyCode } from '../../ui/copy-code.tsx';
import { errorText } from '../../ui/error-text.ts';
import { isNothingSearched, notFoundWords, quotesWords, searchedWords, sentencesWords } from './answer-words.ts';
import { ClosestPassages } from './closest-passages.tsx';
import { CoverageHint } from './coverage-hint.tsx';
import { copyAnswer, exportConversation } from './export-actions.ts';
import { NothingSearched } from './nothing-searched.tsx';
import { isUpToDate } from './is-up-to-date.ts';
import { QuotedAnswer } from './quoted-answer.tsx';
import { QuotedEvidence } from './quoted-evidence.tsx';
import { RegenerateMenu } from './regenerate-menu.tsx';
import { useAsk } from './use-ask.ts';
import { WhatCouldHelp } from './what-could-help.tsx';
import { WhyThesePassages } from './why-these-passages.tsx';
import { isForWriting, NotWrittenLine, WrittenAnswer } from './written-answer.tsx';

/** Characters of a question that the engine takes. */
const longestQuestion = 4_000;

/** The one turn whose passages are explained: two regions of one name could not be told apart. */
const turnExplained = signal<AnswerId | undefined>(undefined);

/** A question and its answer: what it says, how far it is supported, and how it was found. */
export function Turn({ turn, last }: { turn: TurnView; last: boolean }) {
  const isWhyOpen = turnExplained.value === turn.id;
  const explain = (open: boolean) => { turnExplained.value = open ? turn.id : undefined; };
  const isFound = turn.verdict !== 'not-found';
  const isOver = turn.state !== 'streaming';
  const isEmpty = isNothingSearched(turn);
  const writes = isForWriting(turn);
  return (
    <article class={writes ? 'turn writes' : 'turn'} aria-label={t('answers.answer-to', { question: turn.question })} data-state={turn.state} aria-busy={turn.state === 'streaming'}>
      <h2 class="question" dir="auto">{turn.question}</h2>
      {writes && isRewritten(turn) && <p class="by searched-as">{t('answers.rewritten', { question: turn.rewritten ?? '' })}</p>}
      <p class="by">{byWords(turn, writes)}</p>
      {turn.verdict === 'weak' && <p class="weak">{t('answers.weak')}</p>}
      {writes && <WrittenAnswer turn={turn} />}
      {isFound && !writes && turn.sentences.length > 0 && <QuotedAnswer turn={turn} />}
      {isFound && !writes && turn.notWritten && <NotWrittenLine why={turn.notWritten} />}
      {turn.state === 'not-found' && <p class="answer">{notFoundWords(turn)}</p>}
      {turn.state === 'not-found' && isEmpty && <NothingSearched turn={turn} last={last} />}
      {turn.state === 'not-found' && <ClosestPassages turn={turn} />}
      {turn.state === 'failed' && <Failure turn={turn} />}
      {writes && <QuotedEvidence turn={turn} />}
      <StatusLine turn={turn} isWaiting={writes && !isOver} />
      {isOver && <TurnActions turn={turn} why={isWhyOpen} onWhy={() => explain(!isWhyOpen)} />}
      {isWhyOpen && turn.search && <WhyThesePassages turn={turn} search={turn.search} onClose={() => explain(false)} />}
      {isOver && turn.verdict === 'weak' && <ClosestPassages turn={turn} />}
      {isOver && !isEmpty && (turn.verdict === 'not-found' || turn.verdict === 'weak') && <WhatCouldHelp turn={turn} last={last} />}
      {last && turn.verdict === 'answered' && <CoverageHint turn={turn} />}
    </article>
  );
}

function isRewritten({ rewritten, question }: TurnView): boolean {
  return rewritten !== undefined && rewritten !== question;
}

/** What is being done, or who says this. */
function byWords(turn: TurnView, writes: boolean): string {
  if (writes) return t('written.by', { model: turn.written?.title ?? turn.expected?.title ?? '' });
  if (!writes && isRewritten(turn)) return t('answers.rewritten', { question: turn.rewritten ?? '' });
  if (turn.state === 'streaming') return t(turn.search ? 'answers.choosing' : 'answers.searching');
  if (turn.state === 'not-found') return isNothingSearched(turn) ? t('answers.nothing-searched') : t('answers.looked', { count: turn.search?.coverage.documents ?? 0 });
  if (turn.state === 'failed') return t('answers.failed');
  if (turn.sentences.length === 0) return t('answers.stopped-empty');
  return t('answers.by-quotes');
}

/** What was found and how far it holds. While a model writes it waits: the quotes above it may become more. */
function StatusLine({ turn, isWaiting }: { turn: TurnView; isWaiting: boolean }) {
  const pending = turn.search?.coverage.sourcesPending ?? 0;
  const parts = [
    turn.state === 'stopped' ? t('answers.stopped') : undefined,
    ...(turn.state === 'not-found' ? [] : [sentencesWords(turn), quotesWords(turn)]),
    repairedWords(turn),
    searchedWords(turn),
    pending > 0 ? t('answers.pending', { count: pending }) : undefined,
  ].filter((part) => part !== undefined);
  return <p class={isWaiting ? 'line waiting' : 'line'} role="status">{parts.length === 0 || isWaiting ? '\u00A0' : parts.map((part) => <><span>{part}</span>{' '}</>)}</p>;
}

function repairedWords({ written }: TurnView): string | undefined {
  const count = written?.figures?.repaired ?? 0;
  return count > 0 ? t('written.repaired-count', { count }) : undefined;
}

function TurnActions({ turn, why, onWhy }: { turn: TurnView; why: boolean; onWhy: () => void }) {
  const app = useApp();
  const ask = useAsk();
  const sources = sourcesOf(app.library.sources.value.values(), app.conversations.current.value.collection.value);
  return (
    <div class="row actions">
      {turn.search && !isNothingSearched(turn) && <button type="button" class="button bare why-button" aria-expanded={why} onClick={onWhy}>{t('answers.why')}</button>}
      {turn.sentences.length > 0 && <button type="button" class="button bare" onClick={() => void copyAnswer(app, turn)}>{t('answers.copy')}</button>}
      <MenuButton class="button bare" items={() => [
        { label: t('answers.export-markdown'), run: () => exportConversation(turn.question, [turn], 'markdown') },
        { label: t('answers.export-html'), run: () => exportConversation(turn.question, [turn], 'html') },
        { label: t('answers.export-json'), run: () => exportConversation(turn.question, [turn], 'json') },
      ]}>{t('answers.export')}</MenuButton>
      <RegenerateMenu turn={turn} />
      {!isUpToDate(turn, sources) && <button type="button" class="button bare" onClick={() => ask(turn.question)}>{t('answers.again')}</button>}
      <button type="button" class="button bare" onClick={() => app.question.edit(turn.question)}>{t('answers.edit')}</button>
    </div>
  );
}

function Failure({ turn }: { turn: TurnView }) {
  const code = turn.error?.code ?? 'internal';
  return (
    <div role="alert" class="turn-failure">
      <p>{turn.question.length > longestQuestion ? t('answers.question-too-long', { count: longestQuestion }) : errorText(code)}</p>
      <details><summary>{t('errors.details')}</summary><CopyCode code={code} /></details>
    </div>
  );
}
