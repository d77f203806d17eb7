import { useEffect } from 'preact/hooks';
import type { BenchRow } from '#core/bench/bench-protocol.ts';
import { t } from '../../messages/t.ts';
import { formatLocale } from '../../ui/format.ts';
import { saveFile } from '../../ui/save-file.ts';
import { PageFrame } from '../shell/page-frame.tsx';
import { benchRun, listBenchmarks, startBenchmarks, stopBenchmarks } from './bench-run.ts';
import './benchmark.css';

/** Figures of this device, measured on demand. */
export function BenchmarkPage() {
  useEffect(listBenchmarks, []);
  return (
    <PageFrame title={t('shell.bench')} intro={t('bench.intro')}>
      <section aria-labelledby="bench-choice">
        <h2 id="bench-choice" class="section-title">{t('bench.choice')}</h2>
        <Choice />
      </section>
      <section aria-labelledby="bench-results">
        <h2 id="bench-results" class="section-title">{t('bench.results')}</h2>
        <Results />
      </section>
    </PageFrame>
  );
}

function Choice() {
  const { state, benchmarks, without } = benchRun;
  const isRunning = state.value === 'running' || state.value === 'stopping';
  const groups = [...new Set(benchmarks.value.map(({ group }) => group))];
  if (state.value === 'loading') return <p role="status">{t('bench.loading')}</p>;
  if (state.value === 'broken') return <p role="alert">{t('bench.failed')}</p>;
  const toggle = (group: string) => {
    const next = new Set(without.value);
    if (!next.delete(group)) next.add(group);
    without.value = next;
  };
  return (
    <div class="panel">
      <div>
        <fieldset class="bench-groups" disabled={isRunning}>
          <legend>{t('bench.groups')}</legend>
          {groups.map((group) => <label key={group}><input type="checkbox" checked={!without.value.has(group)} onChange={() => toggle(group)} /> {group}</label>)}
        </fieldset>
        <div class="row">
          <button type="button" class="button main" disabled={isRunning || groups.every((group) => without.value.has(group))} onClick={startBenchmarks}>{t('bench.run')}</button>
          {isRunning && <button type="button" class="button" disabled={state.value === 'stopping'} onClick={stopBenchmarks}>{t('bench.stop')}</button>}
        </div>
      </div>
      <Progress />
    </div>
  );
}

function Progress() {
  const { progress, rows, state, wasStopped } = benchRun;
  const current = progress.value;
  if (current) {
    return (
      <div>
        <p role="status">{t('bench.running', { name: current.name })}</p>
        <progress max={current.total} value={current.done} aria-label={t('bench.progress')} />
      </div>
    );
  }
  if (state.value !== 'idle' || rows.value.length === 0) return null;
  return <p role="status">{wasStopped.value ? t('bench.stopped') : t('bench.done', { count: rows.value.length })}</p>;
}

function Results() {
  const { rows, failures, state } = benchRun;
  if (rows.value.length === 0 && failures.value.length === 0) return <p class="quiet">{t('bench.none')}</p>;
  return (
    <div class="panel">
      <div>
        <table class="slim bench-rows">
          <thead><tr><th scope="col">{t('bench.name')}</th><th scope="col">{t('bench.median')}</th><th scope="col">{t('bench.p95')}</th><th scope="col">{t('bench.unit')}</th><th scope="col">{t('bench.samples')}</th></tr></thead>
          <tbody>{rows.value.map((row) => <Row key={row.name} row={row} />)}</tbody>
        </table>
      </div>
      {failures.value.map(({ name }) => <p key={name}>{t('bench.row-failed', { name })}</p>)}
      {state.value === 'idle' && rows.value.length > 0 && (
        <div><button type="button" class="button" onClick={exportRows}>{t('bench.export')}</button></div>
      )}
    </div>
  );
}

function Row({ row }: { row: BenchRow }) {
  return (
    <tr>
      <th scope="row" class="full">{row.name}</th>
      <td class="num" data-label={t('bench.median')}>{figure(row.median)}</td>
      <td class="num" data-label={t('bench.p95')}>{figure(row.p95)}</td>
      <td>{row.unit}</td>
      <td class="num" data-label={t('bench.samples')}>{figure(row.samples)}</td>
    </tr>
  );
}

function figure(value: number): string {
  return new Intl.NumberFormat(formatLocale(), { maximumSignificantDigits: 4 }).format(value);
}

function exportRows(): void {
  const facts = { measuredAt: new Date().toISOString(), userAgent: navigator.userAgent, cores: navigator.hardwareConcurrency };
  saveFile(new Blob([JSON.stringify({ ...facts, rows: benchRun.rows.value }, null, 2)], { type: 'application/json' }), 'alcove-benchmark.json');
}
