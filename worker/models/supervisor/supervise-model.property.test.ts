import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { lengthsOf, type CallFault, type StartFault, type WorkerScript } from './test-services/scripted-worker.ts';
import { createSupervisedWorld, gpu, oneThread, readAll, request, wasm } from './test-services/supervised-world.ts';

const startFaults: StartFault[] = ['none', 'none', 'no-worker', 'load-fails', 'load-hangs', 'load-crashes', 'uncaught', 'wrong-numbers', 'verify-hangs', 'measure-fails'];
const callFaults: CallFault[] = ['none', 'none', 'none', 'refuses', 'fails', 'hangs', 'lost', 'fails-lost', 'dies', 'dies-silently'];

const script = (faults: CallFault[]): fc.Arbitrary<WorkerScript> =>
  fc.record({
    start: fc.constantFrom(...startFaults),
    calls: fc.array(fc.constantFrom(...faults), { maxLength: 6 }),
    stopMs: fc.constantFrom<number | 'never'>(0, 150, 'never'),
    speed: fc.constantFrom(3, 50),
  });
const scripts = fc.array(script(callFaults), { minLength: 1, maxLength: 4 });

/** What is asked, in order: some wait for what was asked before, some are called off after a while. */
const ask = fc.record({
  kind: fc.constantFrom('embed', 'score', 'text', 'text-left-early'),
  waitsMs: fc.constantFrom(0, 0, 3, 40),
  isUrgent: fc.boolean(),
  abortMs: fc.option(fc.constantFrom(0, 2, 7, 3_000, 100_000), { nil: undefined }),
});

const texts = ['a', 'bb', 'ccc'];
const reliable: WorkerScript = {};
const profiles = ['gpu', 'wasm', 'oneThread'] as const;

type Outcome = { kind: string; wasAborted: boolean; result: PromiseSettledResult<unknown> };

async function run(all: Record<(typeof profiles)[number], WorkerScript[]>, asks: { kind: string; waitsMs: number; isUrgent: boolean; abortMs: number | undefined }[]): Promise<Outcome[]> {
  const { model, clock } = createSupervisedWorld(all, { plan: [gpu, wasm, oneThread], compareBelow: 10 });
  const outcomes: Promise<Outcome>[] = [];
  for (const { kind, waitsMs, isUrgent, abortMs } of asks) {
    const abort = new AbortController();
    const { signal } = abort;
    const begin = async (): Promise<unknown> => {
      if (kind === 'embed') return model.call('embed', [texts, 'passage'], { signal, isUrgent });
      if (kind === 'score') return model.call('score', ['', texts], { signal, isUrgent });
      const text = model.stream('generate', request(), signal);
      if (kind === 'text') return readAll(text);
      await text.next();
      return text.return({ reason: 'stopped', promptTokens: 0, tokens: 0, firstTokenMs: 0, tokensPerSecond: 0 });
    };
    const ended = Promise.allSettled([begin()]).then(([result]) => ({ kind, wasAborted: signal.aborted, result }));
    if (abortMs !== undefined) clock.after(abortMs, () => abort.abort());
    outcomes.push(ended);
    if (waitsMs > 0) await clock.pass(waitsMs);
  }
  return clock.settle(Promise.all(outcomes));
}

const isIdempotent = ({ kind }: Pick<Outcome, 'kind'>): boolean => kind === 'embed' || kind === 'score';

it('whatever fails and whenever, every call settles, and no result is wrong', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ gpu: scripts, wasm: scripts, oneThread: scripts }), fc.array(ask, { minLength: 1, maxLength: 8 }), async (all, asks) => {
      // Settling is the property: where a promise never would, nothing is due, and `run` rejects.
      const outcomes = await run(all, asks);
      const given = outcomes.filter((outcome) => isIdempotent(outcome)).flatMap(({ result }) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(given).toEqual(given.map(() => Float32Array.from(lengthsOf(texts))));
    }),
    { numRuns: 300 },
  );
});

it('if any profile works, every call that may be made again is answered', async () => {
  const faults = callFaults.filter((fault) => fault !== 'refuses');
  const failing = fc.array(script(faults), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.record({ gpu: failing, wasm: failing, oneThread: failing }), fc.constantFrom(...profiles), fc.array(ask, { minLength: 1, maxLength: 8 }),
      async (all, working, asks) => {
        const outcomes = await run({ ...all, [working]: [reliable] }, asks);
        for (const { kind, wasAborted, result } of outcomes) {
          if (wasAborted || !isIdempotent({ kind })) continue;
          expect(result).toEqual({ status: 'fulfilled', value: Float32Array.from(lengthsOf(texts)) });
        }
      },
    ),
    { numRuns: 300 },
  );
});
