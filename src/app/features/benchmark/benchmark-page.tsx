import { useEffect } from 'preact/hooks';
import { t } from '../../messages/t.ts';
import { saveFile } from '../../ui/save-file.ts';
import { PageFrame } from '../shell/page-frame.tsx';
import { BenchResults } from './bench-results.tsx';
import { groupWords } from './bench-words.ts';
import { benchRun, listBenchmarks, startBenchmarks, stopBenchmarks } from './bench-run.ts';
import './benchmark.css';

/** Figures of this device, measured on demand. */
export function BenchmarkPage() {
  const { state, rows } = benchRun;
  useEffect(listBenchmarks, []);
  return (
    <PageFrame title={t('shell.bench')} intro={t('bench.intro')}>
      <section aria-labelledby="bench-choice">
        <h2 id="bench-choice" class="section-title">{t('bench.choice')}</h2>
        <Choice />
      </section>
      <section aria-labelledby="bench-results">
        <h2 id="bench-results" class="section-title">{t('bench.results')}</h2>
        <BenchResults />
        {state.value === 'idle' && rows.value.length > 0 && <p><button type="button" class="button" onClick={exportRows}>{t('bench.export')}</button></p>}
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
          {groups.map((group) => <label key={group}><input type="checkbox" checked={!without.value.has(group)} onChange={() => toggle(group)} /> {groupWords(group)}</label>)}
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
  if (!current && state.value === 'running') return <p role="status">{t('bench.loading')}</p>;
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

function exportRows(): void {
  const facts = { measuredAt: new Date().toISOString(), userAgent: navigator.userAgent, cores: navigator.hardwareConcurrency };
  saveFile(new Blob([JSON.stringify({ ...facts, rows: benchRun.rows.value }, null, 2)], { type: 'application/json' }), 'alcove-benchmark.json');
}
