import { AppError, toWireError } from '#core/errors/app-error.ts';
import type { TextRequest } from '#core/generate/text-model.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { openSelfEndpoint, type ModelEndpoint } from './model-endpoint.ts';
import type { ModelMethod, ToModelWorker } from './model-worker-protocol.ts';
import { toModelError } from './to-model-error.ts';

/** A service, or how to make the one that a start asks for. */
export type ServiceSource = ModelService | ((start: ModelStart) => Promise<ModelService> | ModelService);

/** A request under way: its signal, and leave to send more of a text. */
type Active = { abort: AbortController; credit: number; onCredit?: (() => void) | undefined };

/** A run on a GPU that is lost fails as any run may, some moments before the loss is known. */
const lossMs = 250;

/**
 * Answers a supervisor's requests with one model service, for the life of this worker. To be called once, at the top of a
 * worker's `main`: it also takes the realm's Web Lock, reports what nobody caught, and lets the realm start threads from
 * our own scripts (`allowOwnScripts`; do not call it besides).
 */
export function serveModelWorker(source: ServiceSource, endpoint: ModelEndpoint = openSelfEndpoint()): void {
  const active = new Map<number, Active>();
  let service: ModelService | undefined;
  let hasBegun = false;
  let isOnGpu = false;
  let isLost = false;
  const isWatched = endpoint.holdLock().then((lock) => endpoint.post({ kind: 'hello', ...(lock !== undefined && { lock }) }, []));

  const loaded = (): ModelService => {
    if (service === undefined) throw new AppError('invalid-input', 'no model was loaded');
    return service;
  };

  const load = async (start: ModelStart): Promise<void> => {
    if (hasBegun) throw new AppError('invalid-input', 'a worker loads one model in its life');
    hasBegun = true;
    isOnGpu = start.profile.device === 'webgpu';
    // No model is in service whose end would not be noticed.
    await isWatched;
    service = typeof source === 'function' ? await source(start) : source;
    await service.load(start, (reason) => {
      if (!isLost) endpoint.post({ kind: 'lost', reason }, []);
      isLost = true;
    });
  };

  const run = async (message: Exclude<ToModelWorker, { kind: 'pull' | 'cancel' | 'generate' }>, signal: AbortSignal): Promise<unknown> => {
    if (message.kind === 'load') return load(message.start);
    if (message.kind === 'call') return invoke(loaded(), message.method, message.args, signal);
    return message.kind === 'verify' ? loaded().verify() : loaded().measure();
  };

  const answer = async (message: Exclude<ToModelWorker, { kind: 'pull' | 'cancel' }>): Promise<void> => {
    const { id } = message;
    const mine: Active = { abort: new AbortController(), credit: 0 };
    active.set(id, mine);
    try {
      if (message.kind === 'generate') {
        mine.credit = message.window;
        await write(id, message.request, mine);
      } else {
        const value = ownCopy(await run(message, mine.abort.signal));
        endpoint.post({ kind: 'result', id, value }, value instanceof Float32Array ? [value.buffer] : []);
      }
    } catch (thrown) {
      const error = toModelError(thrown);
      // Told of the loss first, the supervisor knows what the failure is.
      if (error.code === 'model/failed' && isOnGpu && !isLost) await endpoint.wait(lossMs);
      endpoint.post({ kind: 'failed', id, error: toWireError(error) }, []);
    } finally {
      active.delete(id);
    }
  };

  const write = async (id: number, request: TextRequest, mine: Active): Promise<void> => {
    const { generate } = loaded();
    if (generate === undefined) throw new AppError('invalid-input', 'this model writes no text');
    const text = generate.call(loaded(), request, mine.abort.signal);
    for (;;) {
      if (mine.credit === 0) await new Promise<void>((resolve) => (mine.onCredit = resolve));
      const step = await text.next();
      if (step.done === true) return endpoint.post({ kind: 'end', id, end: step.value }, []);
      mine.credit--;
      endpoint.post({ kind: 'piece', id, text: step.value }, []);
    }
  };

  const addCredit = (id: number, pieces: number): void => {
    const mine = active.get(id);
    if (mine === undefined) return;
    mine.credit += pieces;
    mine.onCredit?.();
    mine.onCredit = undefined;
  };

  endpoint.onUncaught((thrown) => {
    const error = toModelError(thrown);
    if (error.code !== 'aborted') endpoint.post({ kind: 'fatal', error: toWireError(error) }, []);
  });
  endpoint.listen((message) => {
    if (message.kind === 'pull') return addCredit(message.id, message.pieces);
    if (message.kind !== 'cancel') return void answer(message);
    active.get(message.id)?.abort.abort();
    // A text that waits for leave to go on is let go on to its end.
    addCredit(message.id, Number.POSITIVE_INFINITY);
  });
}

/** Methods by name, so that a message can call these and no others. */
function invoke(service: ModelService, method: ModelMethod, args: unknown[], signal: AbortSignal): Promise<unknown> {
  const methods: Record<ModelMethod, ((...args: never[]) => Promise<unknown>) | undefined> = {
    embed: service.embed,
    score: service.score,
    countTokens: service.countTokens,
  };
  const found = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (found === undefined) throw new AppError('invalid-input', `this model has no ${method}`);
  return found.apply(service, [...args, signal] as never[]);
}

/** Vectors in memory of their own, to be handed over: a view would take all of the memory behind it along, which may be the runtime's. */
function ownCopy(value: unknown): unknown {
  if (!(value instanceof Float32Array)) return value;
  const { buffer, byteLength } = value;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? value : new Float32Array(value);
}
