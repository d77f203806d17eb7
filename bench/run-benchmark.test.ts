import { describe, expect, it } from 'vitest';
import { defineBenchmark, type BenchContext } from './benchmark.ts';
import { runBenchmark } from './run-benchmark.ts';

const context: BenchContext = {
  readStaticModel: () => Promise.reject(new Error('no model here')),
  share: (_, create) => create(),
  report: () => {},
};

describe('runBenchmark', () => {
  it('takes the time of a run that gives no number, warm-ups left out', async () => {
    let nowMs = 0;
    const benchmark = defineBenchmark({ name: 'n', group: 'g', warmups: 2, samples: 4, run: (_: unknown, sample) => void (nowMs += sample < 2 ? 1000 : 10) });
    const row = await runBenchmark(benchmark, { context, now: () => nowMs });
    expect(row).toMatchObject({ name: 'n', group: 'g', unit: 'ms', median: 10, p95: 10, samples: 4 });
  });

  it('takes the number a run gives, and judges it by the goal', async () => {
    const values = [1, 2, 3, 4, 5];
    const base = { name: 'n', group: 'g', unit: '1/s', warmups: 0, samples: 5, run: (_: unknown, sample: number) => values[sample]! };
    const met = await runBenchmark(defineBenchmark({ ...base, goal: { of: 'median', atLeast: 3 } }), { context });
    expect(met).toMatchObject({ median: 3, unit: '1/s', goal: { of: 'median', atLeast: 3, met: true } });
    const missed = await runBenchmark(defineBenchmark({ ...base, goal: { of: 'p95', atMost: 4 } }), { context });
    expect(missed?.goal?.met).toBe(false);
  });

  it('ends when its time is used up, after three samples at least', async () => {
    let nowMs = 0;
    const benchmark = defineBenchmark({ name: 'n', group: 'g', warmups: 0, samples: 100, budgetMs: 5, run: () => void (nowMs += 100) });
    expect((await runBenchmark(benchmark, { context, now: () => nowMs }))?.samples).toBe(3);
  });

  it('tears down what it set up, also after a failure', async () => {
    const torn: string[] = [];
    const benchmark = defineBenchmark({
      name: 'n', group: 'g', setup: () => 'state', teardown: (state: string) => void torn.push(state),
      run: () => { throw new Error('broken'); },
    });
    await expect(runBenchmark(benchmark, { context })).rejects.toThrow('broken');
    expect(torn).toEqual(['state']);
  });

  it('has no row when it is stopped before the first sample', async () => {
    const benchmark = defineBenchmark({ name: 'n', group: 'g', run: () => 1 });
    expect(await runBenchmark(benchmark, { context, isStopped: () => true })).toBeUndefined();
  });
});
