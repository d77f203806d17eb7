import { useSignal, useSignalEffect } from '@preact/signals';
import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { useAsk } from './use-ask.ts';

/** Says that an answer covers only what was read by then, and asks again when the rest is. */
export function CoverageHint({ turn }: { turn: TurnView }) {
  const ask = useAsk();
  const { library, conversations } = useApp();
  const waiting = useSignal(false);
  const missed = turn.search?.coverage.sourcesPending ?? 0;
  useSignalEffect(() => {
    if (!waiting.value || library.pending.value > 0 || conversations.running.value) return;
    waiting.value = false;
    ask(turn.question);
  });
  if (missed === 0) return null;
  const isDone = library.pending.value === 0;
  return (
    <div class="hint">
      <p>{t('answers.covers')}</p>
      {isDone && <button type="button" class="textual" onClick={() => ask(turn.question)}>{t('answers.again-now')}</button>}
      {!isDone && <button type="button" class="textual" aria-pressed={waiting.value} onClick={() => { waiting.value = !waiting.value; }}>{t(waiting.value ? 'answers.will-ask' : 'answers.again-when-done')}</button>}
    </div>
  );
}
