import { expect, it } from 'vitest';
import type { BenchEvent } from '#core/bench/bench-protocol.ts';
import { BenchSession } from './bench-session.ts';
import { defineBenchmark, type Benchmark } from './benchmark.ts';

const quick = { group: 'g', warmups: 0, samples: 3 };

function createSession(benchmarks: Benchmark[]): { session: BenchSession; events: BenchEvent[] } {
  const events: BenchEvent[] = [];
  const session = new BenchSession({ benchmarks, emit: (event) => events.push(event), readStaticModel: () => Promise.reject(new Error('none')) });
  return { session, events };
}

const kinds = (events: BenchEvent[]): string[] => events.map((event) => ('name' in event ? `${event.kind} ${event.name}` : event.kind));

it('lists what there is and runs what was named', async () => {
  const { session, events } = createSession(['a', 'b'].map((name) => defineBenchmark({ ...quick, name, run: () => 1 })));
  await session.handle({ kind: 'list' });
  expect(events).toEqual([{ kind: 'list', benchmarks: [{ name: 'a', group: 'g', unit: 'ms' }, { name: 'b', group: 'g', unit: 'ms' }] }]);
  events.length = 0;
  await session.handle({ kind: 'run', names: ['b'] });
  expect(kinds(events)).toEqual(['progress b', 'row', 'done']);
});

it('skips by name what cannot run here, and neither lists nor runs it', async () => {
  const lacking = defineBenchmark({ ...quick, name: 'a', missing: () => Promise.resolve('no model'), run: () => 1 });
  const ready = defineBenchmark({ ...quick, name: 'b', missing: () => Promise.resolve(undefined), run: () => 1 });
  const { session, events } = createSession([lacking, ready]);
  await session.handle({ kind: 'list' });
  expect(events).toEqual([{ kind: 'skipped', name: 'a', reason: 'no model' }, { kind: 'list', benchmarks: [{ name: 'b', group: 'g', unit: 'ms' }] }]);
  events.length = 0;
  await session.handle({ kind: 'run' });
  expect(kinds(events)).toEqual(['skipped a', 'progress b', 'row', 'done']);
});

it('goes on after a benchmark that fails', async () => {
  const failing = defineBenchmark({ ...quick, name: 'a', run: () => Promise.reject(new Error('no luck')) });
  const { session, events } = createSession([failing, defineBenchmark({ ...quick, name: 'b', run: () => 1 })]);
  await session.handle({ kind: 'run' });
  expect(kinds(events)).toEqual(['progress a', 'failed a', 'progress b', 'row', 'done']);
  expect(events[1]).toMatchObject({ message: 'no luck' });
});

it('makes what benchmarks share once a run, and gives it up at the end', async () => {
  const log: string[] = [];
  const make = (): Promise<string> => {
    log.push('made');
    return Promise.resolve('corpus');
  };
  const setup: NonNullable<Benchmark['setup']> = (context) => context.share('x', make, async (value) => void log.push(`gave up ${value}`));
  const { session } = createSession(['a', 'b'].map((name) => defineBenchmark({ ...quick, name, setup, run: () => void log.push('run') })));
  await session.handle({ kind: 'run' });
  expect(log).toEqual(['made', ...Array.from({ length: 6 }, () => 'run'), 'gave up corpus']);
});

it('ends a run though what benchmarks share could not be made', async () => {
  const setup: NonNullable<Benchmark['setup']> = (context) => context.share('x', () => Promise.reject(new Error('disk full')), async () => {});
  const { session, events } = createSession([defineBenchmark({ ...quick, name: 'a', setup, run: () => 1 })]);
  await session.handle({ kind: 'run' });
  expect(kinds(events)).toEqual(['progress a', 'failed a', 'done']);
});

it('refuses a second run at the same time, and stops when asked to', async () => {
  let stop = (): void => {};
  const { session, events } = createSession([
    defineBenchmark({ ...quick, name: 'a', run: () => stop() }),
    defineBenchmark({ ...quick, name: 'b', run: () => 1 }),
  ]);
  stop = () => {
    void session.handle({ kind: 'run' });
    void session.handle({ kind: 'stop' });
  };
  await session.handle({ kind: 'run' });
  expect(kinds(events)).toEqual(['progress a', 'busy', 'row', 'done']);
  expect(events.at(-1)).toEqual({ kind: 'done', stopped: true });
});
