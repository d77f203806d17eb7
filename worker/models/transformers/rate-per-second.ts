const measuredMs = 400;
const maxRuns = 32;

/** How many of `perRun` things a second `run` does, by its median time; at least one run is timed, after a first that does not count. */
export async function ratePerSecond(perRun: number, run: () => Promise<unknown>, now: () => number = () => performance.now()): Promise<number> {
  await run();
  const timesMs: number[] = [];
  const startedMs = now();
  while (timesMs.length === 0 || (timesMs.length < maxRuns && now() - startedMs < measuredMs)) {
    const runStartedMs = now();
    await run();
    timesMs.push(now() - runStartedMs);
  }
  const medianMs = timesMs.toSorted((a, b) => a - b)[Math.floor(timesMs.length / 2)]!;
  return (1000 * perRun) / Math.max(medianMs, 0.01);
}
