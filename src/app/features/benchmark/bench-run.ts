import { batch, signal } from '@preact/signals';
import type { BenchEvent, BenchInfo, BenchRequest, BenchRow } from '#core/bench/bench-protocol.ts';

export type BenchState = 'loading' | 'idle' | 'running' | 'stopping' | 'broken';
export type BenchFailure = { name: string; message: string };

/** What a run of the benchmarks says so far. It is kept while the person looks at other pages. */
export const benchRun = {
  state: signal<BenchState>('loading'),
  benchmarks: signal<readonly BenchInfo[]>([]),
  /** Groups that the person left out. */
  without: signal<ReadonlySet<string>>(new Set()),
  /** Names of what this run measures, in order. */
  chosen: signal<readonly string[]>([]),
  rows: signal<readonly BenchRow[]>([]),
  failures: signal<readonly BenchFailure[]>([]),
  progress: signal<{ name: string; done: number; total: number } | undefined>(undefined),
  wasStopped: signal(false),
};

let worker: Worker | undefined;

function send(request: BenchRequest): void {
  worker ??= startWorker();
  worker.postMessage(request);
}

function startWorker(): Worker {
  const started = new Worker(new URL('../../../../bench/bench-worker.ts', import.meta.url), { type: 'module', name: 'alcove-bench' });
  started.addEventListener('message', ({ data }: MessageEvent<BenchEvent>) => batch(() => receive(data)));
  started.addEventListener('error', () => {
    started.terminate();
    worker = undefined;
    benchRun.state.value = 'broken';
  });
  return started;
}

function receive(event: BenchEvent): void {
  const { state, benchmarks, rows, failures, progress, wasStopped } = benchRun;
  switch (event.kind) {
    case 'list':
      benchmarks.value = event.benchmarks;
      if (state.value === 'loading') state.value = 'idle';
      break;
    case 'progress':
      progress.value = { name: event.name, done: event.done, total: event.total };
      break;
    case 'row':
      rows.value = [...rows.value.filter(({ name }) => name !== event.row.name), event.row];
      break;
    case 'failed':
      failures.value = [...failures.value, { name: event.name, message: event.message }];
      break;
    case 'done':
      wasStopped.value = event.stopped;
      progress.value = undefined;
      state.value = 'idle';
      break;
    case 'busy':
      break;
  }
}

/** Asks the worker what there is to measure; the worker, and with it the benchmarks' code, is loaded by the first call. */
export function listBenchmarks(): void {
  if (benchRun.benchmarks.value.length === 0) send({ kind: 'list' });
}

/** Measures the groups that are not left out. */
export function startBenchmarks(): void {
  const names = benchRun.benchmarks.value.filter(({ group }) => !benchRun.without.value.has(group)).map(({ name }) => name);
  batch(() => {
    benchRun.state.value = 'running';
    benchRun.wasStopped.value = false;
    benchRun.chosen.value = names;
    benchRun.failures.value = [];
    benchRun.rows.value = benchRun.rows.value.filter(({ name }) => !names.includes(name));
  });
  send({ kind: 'run', names });
}

/** Ends the run after the sample at hand. */
export function stopBenchmarks(): void {
  benchRun.state.value = 'stopping';
  send({ kind: 'stop' });
}
