import { expect, it } from 'vitest';
import { ratePerSecond } from './rate-per-second.ts';

function clockOf(runsMs: number[]): { now: () => number; run: () => Promise<void>; runs: () => number } {
  let nowMs = 0;
  let runs = 0;
  const run = (): Promise<void> => {
    nowMs += runsMs[runs] ?? runsMs.at(-1)!;
    runs++;
    return Promise.resolve();
  };
  return { now: () => nowMs, run, runs: () => runs };
}

it('is by the median run, and the first does not count', async () => {
  const clock = clockOf([9000, 100, 100, 100, 300]);
  expect(await ratePerSecond(4, clock.run, clock.now)).toBeCloseTo(40);
});

it('times a slow run once and a fast one a bounded number of times', async () => {
  const slow = clockOf([5000]);
  expect(await ratePerSecond(1, slow.run, slow.now)).toBeCloseTo(0.2);
  expect(slow.runs()).toBe(2);
  const fast = clockOf([0]);
  expect(await ratePerSecond(1, fast.run, fast.now)).toBeGreaterThan(1000);
  expect(fast.runs()).toBeLessThan(50);
});
