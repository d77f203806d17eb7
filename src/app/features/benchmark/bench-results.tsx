import type { BenchInfo, BenchRow } from '#core/bench/bench-protocol.ts';
import { t } from '../../messages/t.ts';
import { formatLocale } from '../../ui/format.ts';
import { benchRun } from './bench-run.ts';
import { figureWords, goalWords, groupWords, metWords } from './bench-words.ts';

/** What is measured, a row each, group by group; figures appear in their rows as they come. */
export function BenchResults() {
  const { benchmarks, rows, failures, chosen, state } = benchRun;
  const isRunning = state.value !== 'idle';
  const known = new Set([...rows.value, ...failures.value].map(({ name }) => name));
  const shown = benchmarks.value.filter(({ name }) => known.has(name) || (isRunning && chosen.value.includes(name)));
  if (shown.length === 0) return <p class="quiet">{t('bench.none')}</p>;
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <table class="slim bench-rows">
      <thead><tr>
        <th scope="col">{t('bench.name')}</th>
        <th scope="col" class="figure">{t('bench.median')}</th>
        <th scope="col" class="figure">{t('bench.p95')}</th>
        <th scope="col" class="figure">{t('bench.samples')}</th>
        <th scope="col">{t('bench.goal')}</th>
      </tr></thead>
      {groups.map((group) => (
        <tbody key={group}>
          <tr><th scope="rowgroup" colSpan={5} class="full group">{groupWords(group)}</th></tr>
          {shown.filter((one) => one.group === group).map((one) => <Result key={one.name} one={one} row={rows.value.find(({ name }) => name === one.name)} />)}
        </tbody>
      ))}
    </table>
  );
}

function Result({ one, row }: { one: BenchInfo; row: BenchRow | undefined }) {
  const name = <th scope="row" class="full">{one.name}</th>;
  if (!row) return <tr>{name}<td colSpan={4} class="quiet">{missingWords(one.name)}</td></tr>;
  const { unit, goal } = row;
  return (
    <tr>
      {name}
      <td class="figure" data-label={t('bench.median')}>{figureWords(row.median, unit)}</td>
      <td class="figure" data-label={t('bench.p95')}>{figureWords(row.p95, unit)}</td>
      <td class="figure" data-label={t('bench.samples')}>{new Intl.NumberFormat(formatLocale()).format(row.samples)}</td>
      <td data-label={goal && t('bench.goal')}>{goal && <>{goalWords(goal, unit)}: <strong class={goal.met ? 'met' : 'missed'}>{metWords(row)}</strong></>}</td>
    </tr>
  );
}

function missingWords(name: string): string {
  const { failures, progress } = benchRun;
  if (failures.value.some((failure) => failure.name === name)) return t('bench.row-failed');
  return t(progress.value?.name === name ? 'bench.measuring' : 'bench.waiting');
}
