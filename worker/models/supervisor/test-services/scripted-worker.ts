import { AppError } from '#core/errors/app-error.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelService } from '../../model-service.ts';
import type { ModelEndpoint } from '../model-endpoint.ts';
import type { ModelWorker, ModelWorkerListener } from '../model-worker.ts';
import type { ToModelWorker } from '../model-worker-protocol.ts';
import { serveModelWorker } from '../serve-model-worker.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What a worker does at its start; `no-worker`: it cannot even be made. */
export type StartFault = 'none' | 'no-worker' | 'load-fails' | 'load-hangs' | 'load-crashes' | 'uncaught' | 'wrong-numbers' | 'not-a-number' | 'verify-hangs' | 'measure-fails';
/** What befalls a call or a text. `fails-lost`: the run fails before the loss of the device is known; `dies`: the worker ends and the browser says so by its lock; `dies-silently`: nothing is ever heard again. */
export type CallFault = 'none' | 'fails' | 'hangs' | 'lost' | 'fails-lost' | 'dies' | 'dies-silently' | 'refuses';

export type WorkerScript = {
  start?: StartFault;
  /** In the order of calls and texts; those beyond the list go well. */
  calls?: CallFault[];
  speed?: number;
  /** Virtual milliseconds from a cancel to its effect; `never`: it goes on writing for ever. */
  stopMs?: number | 'never';
  pieces?: string[];
  /** A text that ends whatever worker reads it. */
  poison?: string;
};

export type ScriptedWorker = ModelWorker & { isTerminated: boolean; posted: ToModelWorker[]; kill(silently?: boolean): void };

const never = (): Promise<never> => new Promise(() => undefined);

/** The length of every text, as its vector: what right calls give. */
export const lengthsOf = (texts: readonly string[]): number[] => texts.map((text) => text.length);

/** A model worker that runs the real `serveModelWorker` over a service that fails as scripted. Messages are cloned, in order, without time passing. */
export function createScriptedWorker(script: WorkerScript, clock: VirtualClock): ScriptedWorker {
  if (script.start === 'no-worker') throw new Error('Failed to construct Worker');
  let listener: ModelWorkerListener | undefined;
  let onMessage: ((message: ToModelWorker) => void) | undefined;
  let report: ((thrown: unknown) => void) | undefined;
  let isAlive = true;
  const kill = (silently = false): void => {
    if (!isAlive) return;
    isAlive = false;
    if (!silently) queueMicrotask(() => listener?.onEnd(new AppError('engine-gone', 'the model worker ended')));
  };
  const endpoint: ModelEndpoint = {
    post: (message, transfer) => {
      const sent = structuredClone(message, { transfer: transfer as ArrayBuffer[] });
      queueMicrotask(() => isAlive && listener?.onMessage(sent));
    },
    listen: (listen) => void (onMessage = listen),
    onUncaught: (listen) => void (report = listen),
    holdLock: async () => 'a lock',
    wait: (delayMs) => clock.sleep(delayMs),
  };
  serveModelWorker(createScriptedService(script, { clock, kill, report: (thrown) => report?.(thrown) }), endpoint);
  const worker: ScriptedWorker = {
    isTerminated: false,
    posted: [],
    kill,
    post: (message) => {
      const sent = structuredClone(message);
      worker.posted.push(sent);
      queueMicrotask(() => isAlive && onMessage?.(sent));
    },
    listen: (added) => void (listener = added),
    terminate: () => {
      isAlive = false;
      worker.isTerminated = true;
    },
  };
  return worker;
}

type World = { clock: VirtualClock; kill(silently?: boolean): void; report(thrown: unknown): void };

function createScriptedService(script: WorkerScript, { clock, kill, report }: World): ModelService {
  const { start = 'none', calls = [], speed = 50, stopMs = 0, pieces = ['One ', 'two ', 'three.'], poison } = script;
  let count = 0;
  let isPoisoned = false;
  let tellLost = (_reason: string): void => undefined;

  const befall = async (fault: CallFault): Promise<void> => {
    // As the real runtimes do: after one failure every later run fails.
    if (isPoisoned) throw new Error('an earlier run failed');
    await clock.sleep(5);
    if (fault === 'none') return;
    if (fault === 'refuses') throw new AppError('invalid-input', 'the prompt does not fit');
    isPoisoned = true;
    if (fault === 'lost') tellLost('the GPU was reset');
    if (fault === 'fails-lost') clock.after(40, () => tellLost('the GPU was reset'));
    if (fault === 'dies' || fault === 'dies-silently') kill(fault === 'dies-silently');
    if (fault === 'fails' || fault === 'fails-lost') throw new Error('the run failed');
    await never();
  };

  const invoke = async <T>(result: T, signal?: AbortSignal, isPoison = false): Promise<T> => {
    await befall(isPoison ? 'fails' : (calls[count++] ?? 'none'));
    if (signal?.aborted === true) throw new AppError('aborted', 'called off');
    return result;
  };

  async function* generate(_request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
    const end = (reason: TextEnd['reason'], tokens: number): TextEnd => ({ reason, promptTokens: 7, tokens, firstTokenMs: 5, tokensPerSecond: 20 });
    let written = 0;
    for (const piece of pieces) {
      await befall(calls[count++] ?? 'none');
      if (signal.aborted) {
        if (stopMs === 'never') await never();
        await clock.sleep(Number(stopMs));
        return end('stopped', written);
      }
      yield piece;
      written++;
    }
    return end('end', written);
  }

  return {
    load: async (_start, onLost) => {
      tellLost = onLost;
      if (start === 'load-fails') throw new Error('the session could not be created');
      if (start === 'uncaught') report(new Error('nobody caught this'));
      if (start === 'load-crashes') kill();
      if (start === 'load-hangs' || start === 'uncaught' || start === 'load-crashes') await never();
    },
    verify: async () => {
      if (start === 'verify-hangs') await never();
      return start === 'wrong-numbers' ? 0.5 : start === 'not-a-number' ? Number.NaN : 0.9999;
    },
    measure: async () => {
      if (start === 'measure-fails') throw 'a bare string';
      return speed;
    },
    embed: (texts, _kind, signal) => invoke(Float32Array.from(lengthsOf(texts)), signal, poison !== undefined && texts.includes(poison)),
    score: (query, passages, signal) => invoke(Float32Array.from(lengthsOf(passages), (length) => length - query.length), signal),
    countTokens: ({ messages }) => invoke(messages.length),
    generate,
  };
}
