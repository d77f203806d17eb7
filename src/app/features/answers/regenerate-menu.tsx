import { useApp } from '../../app-context.ts';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { useAsk } from './use-ask.ts';
import { readyWriters } from './writers.ts';

/** Asks the same again, to be written by another model or quoted only. Not there where there is no other. */
export function RegenerateMenu({ turn }: { turn: TurnView }) {
  const app = useApp();
  const ask = useAsk();
  const writers = readyWriters(app);
  if (writers.length === 0 && turn.written === undefined) return null;
  return (
    <MenuButton class="button bare" items={() => [
      { label: t('written.quotes-only'), checked: turn.written === undefined, run: () => ask(turn.question, 'quotes') },
      ...writers.map(({ key, title }) => ({ label: t('written.with', { model: title }), checked: turn.written?.generator === key, run: () => ask(turn.question, key) })),
    ]}>{t('written.regenerate')}</MenuButton>
  );
}
