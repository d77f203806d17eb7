import { proxy, releaseProxy, transferHandlers, wrap, type Remote } from 'comlink';
import { createErrorTransfer } from '#core/engine/error-transfer.ts';
import type { EngineApi, EngineEvent, EngineSnapshot } from '#core/engine/engine-api.ts';
import { sourceTextTransfer } from '#core/engine/source-text-transfer.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';

transferHandlers.set('throw', createErrorTransfer(transferHandlers.get('throw')!));
transferHandlers.set('source-text', sourceTextTransfer);

/** A running engine worker and how to learn that it is gone. */
export type EngineWorker = {
  endpoint: Worker | MessagePort;
  /** Resolves, with the reason, when the worker failed in a way that the browser reports. */
  failed: Promise<string>;
  /** Resolves, with the reason, when the worker ends for whatever cause. Called once the worker has answered. */
  watch?: () => Promise<string>;
  terminate: () => void;
};

export type EngineBridge = {
  /** The one engine of this page; the worker behind it may be replaced without its holders noticing. */
  engine: EngineApi;
  /** Ends the worker; calls in flight and later ones reject with `engine-gone`. */
  close: () => void;
};

const maxRestarts = 3;
const restartWindowMs = 60_000;

type Running = { worker: EngineWorker; remote: Remote<EngineApi>; gone: Promise<never>; end(reason: string): void };

/**
 * Starts the engine's worker and holds it as an `EngineApi`. When the worker dies, calls in flight reject with
 * `engine-gone`, a `trouble` event tells the page, a new worker is started and its state is sent as events. A worker that
 * keeps dying (more than three times a minute) stays dead.
 */
export function createEngineBridge(startWorker: () => EngineWorker): EngineBridge {
  let onEvent: ((event: EngineEvent) => void) | undefined;
  let running: Running | undefined;
  let isClosed = false;
  const deaths: number[] = [];

  const launch = (): Running => {
    const worker = startWorker();
    const remote = wrap<EngineApi>(worker.endpoint);
    let end: (reason: string) => void = () => undefined;
    const gone = new Promise<never>((_, reject) => {
      end = (reason) => reject(new AppError('engine-gone', reason));
    });
    gone.catch(() => undefined);
    const next: Running = { worker, remote, gone, end };
    void endWhen(worker.failed, next);
    return next;
  };

  const endWhen = async (reason: Promise<string>, next: Running): Promise<void> => onDeath(next, await reason);

  const onDeath = (dead: Running, reason: string): void => {
    if (running !== dead) return;
    running = undefined;
    dead.end(reason);
    dead.worker.terminate();
    const now = Date.now();
    deaths.push(now);
    onEvent?.({ kind: 'trouble', error: toWireError(new AppError('engine-gone', reason)) });
    const recent = deaths.filter((at) => now - at < restartWindowMs).length;
    if (isClosed || onEvent === undefined || recent > maxRestarts) return;
    void restart(onEvent);
  };

  const restart = async (listener: (event: EngineEvent) => void): Promise<void> => {
    try {
      for (const event of toEvents(await start(listener))) listener(event);
    } catch (thrown) {
      listener({ kind: 'trouble', error: toWireError(thrown) });
    }
  };

  const current = (): Running => {
    if (isClosed) throw new AppError('engine-gone', 'the engine was closed');
    return (running ??= launch());
  };

  const call = async (method: keyof EngineApi, args: unknown[]): Promise<unknown> => {
    const { remote, gone } = current();
    const invoke = remote[method] as (...args: unknown[]) => Promise<unknown>;
    return await Promise.race([invoke(...args), gone]);
  };

  const start: EngineApi['start'] = async (listener) => {
    onEvent = listener;
    const mine = current();
    const guarded = (event: EngineEvent): void => {
      if (running === mine) listener(event);
    };
    const snapshot = (await call('start', [proxy(guarded)])) as EngineSnapshot;
    if (mine.worker.watch !== undefined) void endWhen(mine.worker.watch(), mine);
    return snapshot;
  };

  const close = (): void => {
    isClosed = true;
    const last = running;
    running = undefined;
    last?.end('the engine was closed');
    last?.remote[releaseProxy]();
    last?.worker.terminate();
  };

  // One object for the page's whole life; `then` must be absent, or awaiting the engine would call it.
  const engine = new Proxy({} as EngineApi, {
    get: (_, method) => {
      if (typeof method !== 'string' || method === 'then') return undefined;
      if (method === 'start') return start;
      return (...args: unknown[]) => call(method as keyof EngineApi, args);
    },
  });
  return { engine, close };
}

/** A snapshot as the events that lead to it. */
function toEvents({ collections, sources, work, storage, conversations, models }: EngineSnapshot): EngineEvent[] {
  return [
    { kind: 'collections', collections },
    { kind: 'sources', sources },
    { kind: 'work', work },
    { kind: 'storage', storage },
    { kind: 'conversations', conversations },
    { kind: 'models', models },
  ];
}
