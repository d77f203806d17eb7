import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { systemClock } from './clock.ts';
import type { ModelEndpoint } from './model-endpoint.ts';
import type { FromModelWorker } from './model-worker-protocol.ts';
import { serveModelWorker, type ServiceSource } from './serve-model-worker.ts';
import { openWorkerSession, type WorkerSession } from './worker-session.ts';

const start: ModelStart = { key: 'org/model@c' as ModelKey, profile: { engine: 'transformers', device: 'wasm', dtype: 'q8', threads: 1, batch: 1, buckets: [] } satisfies EngineProfile, baseUrl: 'https://alcove.test/' };
const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const service = (more: Partial<ModelService> = {}): ModelService => ({ load: async () => undefined, verify: async () => 1, measure: async () => 9, ...more });

type Line = { session: WorkerSession; sent: FromModelWorker[]; uncaught: (thrown: unknown) => void };

/** A session and a served service on the two ends of a real channel: everything is cloned or transferred. */
function connect(source: ServiceSource): Line {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const sent: FromModelWorker[] = [];
  let uncaught = (_thrown: unknown): void => undefined;
  const endpoint: ModelEndpoint = {
    post: (message, transfer) => {
      sent.push(message);
      port2.postMessage(message, transfer as never);
    },
    listen: (onMessage) => void port2.on('message', onMessage),
    onUncaught: (report) => void (uncaught = report),
    holdLock: async () => undefined,
    wait: async () => undefined,
  };
  serveModelWorker(source, endpoint);
  const session = openWorkerSession({
    clock: systemClock,
    graceMs: 0,
    onEnd: () => undefined,
    worker: { post: (message) => port1.postMessage(message), listen: ({ onMessage }) => void port1.on('message', onMessage), terminate: () => port1.close() },
  });
  return { session, sent, uncaught: (thrown) => uncaught(thrown) };
}

const limitMs = 20_000;
const load = (session: WorkerSession): Promise<unknown> => session.request({ kind: 'load', start }, limitMs);
const embed = (session: WorkerSession, signal?: AbortSignal): Promise<unknown> => session.request({ kind: 'call', method: 'embed', args: [['a'], 'query'] }, limitMs, signal);

describe('serveModelWorker', () => {
  it('makes the service that the start asks for, once', async () => {
    const starts: ModelStart[] = [];
    const { session } = connect(async (asked) => {
      starts.push(asked);
      return service();
    });
    await load(session);
    expect(starts).toEqual([start]);
    expect(await session.request({ kind: 'verify' }, limitMs)).toBe(1);
    expect(await session.request({ kind: 'measure' }, limitMs)).toBe(9);
    await expect(load(session)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('hands vectors over, but of a view of the runtime\'s memory a copy', async () => {
    const heap = new Float32Array(1_000).fill(7);
    const own = Float32Array.of(1, 2);
    const results = [own, heap.subarray(3, 5)];
    const { session } = connect(service({ embed: async () => results.shift()! }));
    await load(session);
    expect(await embed(session)).toEqual(Float32Array.of(1, 2));
    const copy = (await embed(session)) as Float32Array;
    expect([copy, copy.buffer.byteLength]).toEqual([Float32Array.of(7, 7), 8]);
    expect([own.byteLength, heap.byteLength]).toEqual([0, 4_000]);
  });

  it('refuses methods the model has not, and whatever is asked before the load', async () => {
    const { session } = connect(service());
    await expect(embed(session)).rejects.toMatchObject({ code: 'invalid-input' });
    await load(session);
    await expect(embed(session)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(session.request({ kind: 'call', method: 'constructor' as 'embed', args: [] }, limitMs)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(session.write({ messages: [], maxTokens: 1 }, { promptMs: limitMs, tokenMs: limitMs }).take()).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('keeps the code of what the service throws, and names what runtimes throw', async () => {
    const thrown: unknown[] = [
      new AppError('model/missing', 'no file', { detail: { path: 'x' } }), new RangeError('Array buffer allocation failed'), 'Engine.unload() is called.', 17, new Error('GPUDevice was lost: reset'),
    ];
    const { session } = connect(service({ embed: async () => { throw thrown.shift(); } }));
    await load(session);
    await expect(embed(session)).rejects.toMatchObject({ code: 'model/missing', detail: { path: 'x' } });
    for (const code of ['model/out-of-memory', 'model/failed', 'model/failed', 'device-lost']) await expect(embed(session)).rejects.toMatchObject({ code });
  });

  it('tells a cancelled call its signal', async () => {
    let told: AbortSignal | undefined;
    const { session } = connect(
      service({
        embed: (_texts, _kind, signal) =>
          new Promise((_, reject) => {
            told = signal;
            signal.addEventListener('abort', () => reject(new AppError('aborted', 'between batches')));
          }),
      }),
    );
    await load(session);
    const abort = new AbortController();
    const call = embed(session, abort.signal);
    await session.request({ kind: 'verify' }, limitMs);
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'aborted' });
    await session.request({ kind: 'verify' }, limitMs);
    expect(told?.aborted).toBe(true);
  });

  it('reports a lost device once and what nobody caught, each of which ends the session', async () => {
    let lose = (_reason: string): void => undefined;
    const lost = connect(service({ load: async (_start, onLost) => void (lose = onLost), embed: () => new Promise(() => undefined) }));
    await load(lost.session);
    const call = embed(lost.session);
    lose('reset');
    lose('again');
    await expect(call).rejects.toMatchObject({ code: 'device-lost', message: 'reset' });
    expect(lost.sent.filter(({ kind }) => kind === 'lost')).toHaveLength(1);

    const broken = connect(service({ load: () => new Promise(() => undefined) }));
    const never = load(broken.session);
    broken.uncaught(new DOMException('called off', 'AbortError'));
    broken.uncaught(new Error('Missing the following external data'));
    await expect(never).rejects.toMatchObject({ code: 'model/failed' });
  });

  it('refuses a request that cannot be cloned, and nothing else', async () => {
    const { session } = connect(service({ countTokens: async () => 3 }));
    await load(session);
    await expect(session.request({ kind: 'call', method: 'countTokens', args: [() => undefined] }, limitMs)).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await session.request({ kind: 'call', method: 'countTokens', args: [{ messages: [] }] }, limitMs)).toBe(3);
  });
});
