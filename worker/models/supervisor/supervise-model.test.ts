import { describe, expect, it } from 'vitest';
import { toWireError, AppError } from '#core/errors/app-error.ts';
import { createSupervisedWorld, gpu, manifest, oneThread, readAll, request, wasm } from './test-services/supervised-world.ts';
import type { StartFault } from './test-services/scripted-worker.ts';
import { createMemoryVerdicts } from './verdict-memory.ts';

const embed = ['a', 'bb', 'ccc'];
const lengths = Float32Array.of(1, 2, 3);

describe('starting', () => {
  it('takes the first profile, compares its numbers, times it, and is ready', async () => {
    const { model, clock, states, started } = createSupervisedWorld({});
    await clock.settle(model.start());
    expect(states.map(({ phase }) => phase)).toEqual(['starting', 'starting', 'ready']);
    expect(model.state).toMatchObject({ phase: 'ready', profile: gpu, speed: 50, worst: 0.9999, attempts: [] });
    expect(started).toEqual(['gpu']);
  });

  it.each([
    ['no-worker', 'internal'], ['load-fails', 'model/failed'], ['load-hangs', 'timeout'], ['load-crashes', 'engine-gone'], ['uncaught', 'model/failed'],
    ['wrong-numbers', 'model/wrong-numbers'], ['not-a-number', 'model/wrong-numbers'], ['verify-hangs', 'timeout'], ['measure-fails', 'model/failed'],
  ] satisfies [StartFault, string][])('after "%s" ends that worker and takes the next profile', async (start, code) => {
    const { model, clock, workers } = createSupervisedWorld({ gpu: [{ start }] });
    await clock.settle(model.start());
    expect(model.state).toMatchObject({ phase: 'ready', profile: wasm, attempts: [{ profile: gpu, code, during: 'start' }] });
    expect(workers.filter(({ isTerminated }) => !isTerminated)).toHaveLength(1);
  });

  it('fails with the last reason when no profile starts, rejects calls with it, and starts again only when asked', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ start: 'load-fails' }], wasm: [{ start: 'wrong-numbers' }, {}] });
    const waiting = model.call('embed', [embed, 'query']).catch((thrown: unknown) => thrown);
    await expect(clock.settle(model.start())).rejects.toMatchObject({ code: 'model/wrong-numbers' });
    expect(await waiting).toMatchObject({ code: 'model/wrong-numbers' });
    await expect(model.call('embed', [embed, 'query'])).rejects.toMatchObject({ code: 'model/wrong-numbers' });
    await expect(model.stream('generate', request()).next()).rejects.toMatchObject({ code: 'model/wrong-numbers' });
    await expect(model.start()).rejects.toMatchObject({ code: 'model/wrong-numbers' });
    await clock.settle(model.retry());
    expect(started).toEqual(['gpu', 'wasm', 'gpu', 'wasm']);
    expect(model.state).toMatchObject({ phase: 'ready', attempts: [{ profile: gpu }] });
  });

  it('without a plan gives the reason it was given', async () => {
    const refusal = toWireError(new AppError('model/out-of-memory', 'too large'));
    const { model, clock } = createSupervisedWorld({}, { plan: [], refusal });
    await expect(clock.settle(model.start())).rejects.toMatchObject({ code: 'model/out-of-memory' });
  });

  it('lets calls wait for it, and each wait be ended by its own signal', async () => {
    const { model, clock } = createSupervisedWorld({ gpu: [{ start: 'load-hangs' }] });
    const abort = new AbortController();
    const first = model.call('embed', [embed, 'query'], { signal: abort.signal });
    const second = model.call('embed', [embed, 'query']);
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    expect(await clock.settle(second)).toEqual(lengths);
  });
});

describe('memory', () => {
  it('goes straight to what worked, verifies it, and does not time it again', async () => {
    const memory = createMemoryVerdicts();
    const before = createSupervisedWorld({ gpu: [{ start: 'load-hangs' }], wasm: [{ speed: 33 }] }, { memory });
    await before.clock.settle(before.model.start());
    const { model, clock, started, workers } = createSupervisedWorld({ wasm: [{ speed: 99 }] }, { memory });
    await clock.settle(model.start());
    expect(started).toEqual(['wasm']);
    expect(workers[0]!.posted.map(({ kind }) => kind)).toEqual(['load', 'verify']);
    expect(model.state).toMatchObject({ phase: 'ready', speed: 33 });
  });

  it('times a writer and a GPU anew at every start', async () => {
    for (const options of [{ plan: [gpu] }, { plan: [wasm], manifest: { ...manifest, task: 'generate' as const } }]) {
      const memory = createMemoryVerdicts();
      for (const speed of [33, 99]) {
        const { model, clock } = createSupervisedWorld({ gpu: [{ speed }], wasm: [{ speed }] }, { ...options, memory });
        await clock.settle(model.start());
        expect(model.state).toMatchObject({ speed });
      }
    }
  });

  it('does not remember what says nothing about the device', async () => {
    const memory = createMemoryVerdicts();
    const { model, clock } = createSupervisedWorld({ gpu: [{ start: 'no-worker' }] }, { memory });
    await clock.settle(model.start());
    expect(await memory.read('here')).toMatchObject({ failures: [], chosen: { profile: wasm } });
  });

  it('is done without when it fails or hangs', async () => {
    const hanging = { read: () => new Promise<never>(() => undefined), write: () => Promise.reject(new Error('full')), forget: () => Promise.reject(new Error('gone')) };
    const { model, clock } = createSupervisedWorld({}, { memory: hanging });
    await clock.settle(model.start());
    await clock.settle(model.retry());
    expect(model.state.phase).toBe('ready');
  });

  it('is forgotten on a retry', async () => {
    const memory = createMemoryVerdicts();
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ start: 'load-fails' }, {}] }, { memory });
    await clock.settle(model.start());
    await clock.settle(model.retry());
    expect(started).toEqual(['gpu', 'wasm', 'gpu']);
    expect(model.state).toMatchObject({ profile: gpu, attempts: [] });
  });
});

describe('comparing a slow GPU with the processor', () => {
  it('takes the faster, once, and remembers it', async () => {
    const memory = createMemoryVerdicts();
    const scripts = { gpu: [{ speed: 3 }], wasm: [{ speed: 40 }] };
    const first = createSupervisedWorld(scripts, { memory, compareBelow: 20 });
    await first.clock.settle(first.model.start());
    expect(first.model.state).toMatchObject({ profile: wasm, speed: 40, attempts: [], slower: [{ profile: gpu, speed: 3 }] });
    expect(first.workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    const second = createSupervisedWorld(scripts, { memory, compareBelow: 20 });
    await second.clock.settle(second.model.start());
    expect(second.started).toEqual(['wasm']);
  });

  it('keeps the GPU where the processor is no better or does not start', async () => {
    for (const wasmScript of [{ speed: 3 }, { start: 'load-fails' as const }]) {
      const { model, clock, workers } = createSupervisedWorld({ gpu: [{ speed: 3 }], wasm: [wasmScript] }, { compareBelow: 20 });
      await clock.settle(model.start());
      expect(model.state).toMatchObject({ profile: gpu });
      expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false, true]);
    }
  });
});

describe('in service', () => {
  it.each(['fails', 'lost', 'fails-lost', 'dies', 'dies-silently', 'hangs'] as const)('a call whose worker "%s" is answered by a new one', async (fault) => {
    const { model, clock, started, workers } = createSupervisedWorld({ gpu: [{ calls: [fault] }, {}] });
    const both = Promise.all([model.call('embed', [embed, 'passage']), model.call('score', ['q', embed])]);
    expect(await clock.settle(both)).toEqual([lengths, Float32Array.of(0, 1, 2)]);
    expect(started).toEqual(['gpu', 'gpu']);
    expect(model.state).toMatchObject({ phase: 'ready', attempts: [{ during: 'service' }] });
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    // Its speed is known by now: timing it again would only keep the calls waiting.
    expect(workers.map(({ posted }) => posted.filter(({ kind }) => kind === 'measure').length)).toEqual([1, 0]);
  });

  it('a worker that dies with nothing to do is replaced', async () => {
    const { model, clock, workers, started } = createSupervisedWorld({});
    await clock.settle(model.start());
    workers[0]!.kill();
    await clock.pass(1);
    expect(started).toEqual(['gpu', 'gpu']);
    expect(model.state.phase).toBe('ready');
  });

  it('a profile that fails twice in a row is given up for the next', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ calls: ['fails'] }] });
    expect(await clock.settle(model.call('embed', [embed, 'passage']))).toEqual(lengths);
    expect(started).toEqual(['gpu', 'gpu', 'wasm']);
  });

  it('a profile that does something in between is kept', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ calls: ['none', 'fails'] }, { calls: ['none', 'fails'] }, {}] });
    for (let i = 0; i < 4; i++) expect(await clock.settle(model.call('embed', [embed, 'passage']))).toEqual(lengths);
    expect(started).toEqual(['gpu', 'gpu', 'gpu']);
  });

  it.each(['lost', 'fails-lost'] as const)('a GPU lost twice ("%s") is left alone until the person retries', async (fault) => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ calls: ['none', fault] }, { calls: ['none', fault] }, {}] });
    for (let i = 0; i < 4; i++) expect(await clock.settle(model.call('embed', [embed, 'passage']))).toEqual(lengths);
    expect(started).toEqual(['gpu', 'gpu', 'wasm']);
    await clock.settle(model.retry());
    expect(model.state).toMatchObject({ profile: gpu, attempts: [] });
  });

  it('a call that ends a worker of every profile is refused, and the others are answered', async () => {
    const poisoned = [{ poison: 'poison' }];
    const { model, clock } = createSupervisedWorld({ gpu: poisoned, wasm: poisoned });
    const poison = model.call('embed', [['poison'], 'passage']);
    const others = Promise.all([1, 2, 3].map(() => model.call('embed', [embed, 'passage'])));
    await expect(clock.settle(poison)).rejects.toMatchObject({ code: 'model/failed' });
    expect(await clock.settle(others)).toEqual([lengths, lengths, lengths]);
    expect(model.state.phase).toBe('ready');
  });

  it('fails in the end where workers end whatever is asked', async () => {
    const { model, clock } = createSupervisedWorld({ gpu: [{ calls: ['fails', 'fails', 'fails', 'fails'] }], wasm: [{ calls: ['dies'] }] });
    const calls = Promise.allSettled([1, 2, 3, 4].map(() => model.call('embed', [embed, 'passage'])));
    const results = await clock.settle(calls);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
    expect(model.state).toMatchObject({ phase: 'failed', error: { code: 'engine-gone' } });
  });

  it('a request the model refuses is its caller\'s affair: nothing is restarted', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ calls: ['refuses'] }] });
    await expect(clock.settle(model.call('countTokens', [{ messages: [] }]))).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await clock.settle(model.call('embed', [embed, 'query']))).toEqual(lengths);
    expect(started).toEqual(['gpu']);
  });

  it('an aborted call rejects at once and tells the worker, which goes on', async () => {
    const { model, clock, workers } = createSupervisedWorld({});
    await clock.settle(model.start());
    const abort = new AbortController();
    const call = model.call('embed', [embed, 'passage'], { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(workers[0]!.posted.at(-1)).toMatchObject({ kind: 'cancel' });
    expect(await clock.settle(model.call('embed', [embed, 'passage']))).toEqual(lengths);
  });

  it('notices a worker that hangs with a call nobody waits for', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ calls: ['hangs'] }, {}] });
    await clock.settle(model.start());
    const abort = new AbortController();
    const call = model.call('embed', [embed, 'passage'], { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await clock.pass(60_000);
    expect(started).toEqual(['gpu', 'gpu']);
  });

  it('urgent calls overtake those that wait', async () => {
    const { model, clock, workers } = createSupervisedWorld({});
    const order: string[] = [];
    const calls = ['p1', 'p2', 'query'].map((text) => model.call('embed', [[text], 'passage'], { isUrgent: text === 'query' }).then(() => order.push(text)));
    await clock.settle(Promise.all(calls));
    expect(workers[0]!.posted.flatMap((message) => (message.kind === 'call' ? [message.args[0]] : []))).toEqual([['query'], ['p1'], ['p2']]);
  });

  it('stop() ends the worker and rejects what waits; start() begins again', async () => {
    const { model, clock, workers } = createSupervisedWorld({ gpu: [{ calls: ['hangs'] }, {}] });
    await clock.settle(model.start());
    const call = model.call('embed', [embed, 'query']);
    const text = readAll(model.stream('generate', request()));
    model.stop();
    await expect(call).rejects.toMatchObject({ code: 'engine-gone' });
    await expect(text).rejects.toMatchObject({ code: 'engine-gone' });
    expect(workers[0]!.isTerminated).toBe(true);
    await expect(model.call('embed', [embed, 'query'])).rejects.toMatchObject({ code: 'engine-gone' });
    await clock.settle(model.start());
    expect(await clock.settle(model.call('embed', [embed, 'query']))).toEqual(lengths);
  });

  it('stop() while it starts ends that start for good', async () => {
    const { model, clock, workers, started } = createSupervisedWorld({ gpu: [{ start: 'load-hangs' }] });
    const start = model.start();
    await clock.pass(10);
    model.stop();
    await expect(start).rejects.toMatchObject({ code: 'engine-gone' });
    await clock.pass(200_000);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true]);
    expect(started).toEqual(['gpu']);
    expect(model.state.phase).toBe('stopped');
  });

  it('gives its memory back when nothing was asked for a while, and starts again by itself', async () => {
    const { model, clock, workers } = createSupervisedWorld({}, { idleUnloadMs: 60_000 });
    await clock.settle(model.call('embed', [embed, 'query']));
    await clock.pass(59_000);
    expect(model.state.phase).toBe('ready');
    await clock.settle(model.call('embed', [embed, 'query']));
    await clock.pass(59_000);
    expect(model.state.phase).toBe('ready');
    await clock.pass(2_000);
    expect(model.state.phase).toBe('idle');
    expect(workers[0]!.isTerminated).toBe(true);
    expect(await clock.settle(model.call('embed', [embed, 'query']))).toEqual(lengths);
  });
});

describe('texts', () => {
  it('are pulled: the worker is never more than a window ahead of its reader', async () => {
    const pieces = Array.from({ length: 40 }, (_, i) => `${i} `);
    const { model, clock, workers } = createSupervisedWorld({ gpu: [{ pieces }] });
    const text = model.stream('generate', request());
    const first = await clock.settle(text.next());
    await clock.pass(10_000);
    expect(first.value).toBe('0 ');
    expect(workers[0]!.posted.filter(({ kind }) => kind === 'pull')).toHaveLength(1);
    const rest = await clock.settle(readAll(text));
    expect(rest).toEqual({ text: pieces.slice(1).join(''), end: expect.objectContaining({ reason: 'end', tokens: 40 }) });
  });

  it('one at a time: the next waits until the worker is free', async () => {
    const { model, clock, workers } = createSupervisedWorld({});
    const [a, b] = await clock.settle(Promise.all([readAll(model.stream('generate', request('a'))), readAll(model.stream('generate', request('b')))]));
    expect([a.text, b.text]).toEqual(['One two three.', 'One two three.']);
    const kinds = workers[0]!.posted.map(({ kind }) => kind).filter((kind) => kind !== 'pull');
    expect(kinds).toEqual(['load', 'verify', 'measure', 'generate', 'generate']);
  });

  it('stop when the worker heeds it, with its counts', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ stopMs: 100 }] });
    const abort = new AbortController();
    const text = model.stream('generate', request(), abort.signal);
    await clock.settle(text.next());
    const before = clock.now();
    abort.abort();
    expect(await clock.settle(text.next())).toEqual({ done: true, value: expect.objectContaining({ reason: 'stopped', promptTokens: 7 }) });
    expect(clock.now() - before).toBeLessThan(300);
    expect(started).toEqual(['gpu']);
  });

  it('stop after two seconds where the worker does not heed it, which is replaced and not held against its profile', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ stopMs: 'never' }] });
    for (let i = 0; i < 3; i++) {
      const abort = new AbortController();
      const text = model.stream('generate', request(), abort.signal);
      await clock.settle(text.next());
      const before = clock.now();
      abort.abort();
      expect(await clock.settle(text.next())).toEqual({ done: true, value: expect.objectContaining({ reason: 'stopped', tokens: 1 }) });
      expect(clock.now() - before).toBeLessThanOrEqual(2_000);
    }
    await clock.settle(model.start());
    expect(started).toEqual(['gpu', 'gpu', 'gpu', 'gpu']);
    expect(model.state).toMatchObject({ phase: 'ready', profile: gpu, attempts: [] });
  });

  it('stop when their reader leaves, and the next goes on', async () => {
    const { model, clock, workers } = createSupervisedWorld({});
    const text = model.stream('generate', request());
    await clock.settle(text.next());
    await clock.settle(text.return({ reason: 'stopped', promptTokens: 0, tokens: 0, firstTokenMs: 0, tokensPerSecond: 0 }));
    expect(workers[0]!.posted.at(-1)).toMatchObject({ kind: 'cancel' });
    expect(await clock.settle(readAll(model.stream('generate', request())))).toMatchObject({ text: 'One two three.' });
  });

  it('that wait can be stopped before they begin', async () => {
    const { model, clock } = createSupervisedWorld({ gpu: [{ start: 'load-hangs' }] });
    const abort = new AbortController();
    const texts = Promise.all([0, 1].map(() => readAll(model.stream('generate', request(), abort.signal))));
    await clock.pass(1);
    abort.abort();
    expect(await texts).toMatchObject([{ text: '', end: { reason: 'stopped' } }, { text: '', end: { reason: 'stopped' } }]);
  });

  it.each(['fails', 'lost', 'fails-lost', 'dies', 'dies-silently', 'hangs'] as const)('whose worker "%s" reject with engine-gone, and the model is back', async (fault) => {
    const { model, clock } = createSupervisedWorld({ gpu: [{ calls: ['none', fault] }, {}] });
    const text = model.stream('generate', request());
    expect(await clock.settle(text.next())).toMatchObject({ value: 'One ' });
    await expect(clock.settle(readAll(text))).rejects.toMatchObject({ code: 'engine-gone' });
    expect(await clock.settle(readAll(model.stream('generate', request())))).toMatchObject({ text: 'One two three.' });
  });

  it('that the model refuses reject with its reason, and the next goes on', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ calls: ['refuses'] }] });
    await expect(clock.settle(readAll(model.stream('generate', request())))).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await clock.settle(readAll(model.stream('generate', request())))).toMatchObject({ text: 'One two three.' });
    expect(started).toEqual(['gpu']);
  });

  it('a reader that is slow is not taken for a worker that hangs', async () => {
    const { model, clock, started } = createSupervisedWorld({ gpu: [{ pieces: Array.from({ length: 20 }, () => 'x') }] });
    const text = model.stream('generate', request());
    await clock.settle(text.next());
    await clock.pass(600_000);
    expect((await clock.settle(readAll(text))).text).toHaveLength(19);
    expect(started).toEqual(['gpu']);
  });
});

it('gives up threads when they do not start', async () => {
  const { model, clock } = createSupervisedWorld({ wasm: [{ start: 'load-fails' }] }, { plan: [wasm, oneThread] });
  await clock.settle(model.start());
  expect(model.state).toMatchObject({ phase: 'ready', profile: oneThread });
});

it('waits longer for larger files', async () => {
  const files = [{ path: 'model.onnx', bytes: 500e6, sha256: '0' as never }];
  const { model, clock } = createSupervisedWorld({ gpu: [{ start: 'load-hangs' }] }, { manifest: { ...manifest, files } });
  await clock.settle(model.start());
  expect(clock.now()).toBeGreaterThanOrEqual(30_000 + 500 * 200);
});
