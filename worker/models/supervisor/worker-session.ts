import { AppError, fromWireError } from '#core/errors/app-error.ts';
import type { TextRequest } from '#core/generate/text-model.ts';
import type { Clock } from './clock.ts';
import type { ModelWorker } from './model-worker.ts';
import type { FromModelWorker, ToModelWorker } from './model-worker-protocol.ts';
import { openSessionText, type Owed, type SessionText, type TextLimits } from './session-text.ts';

type Unnumbered<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never;
export type SessionRequest = Exclude<Unnumbered<ToModelWorker>, { kind: 'generate' | 'pull' | 'cancel' }>;

/**
 * One model worker from its first message to its end. Every request settles: with the worker's answer, with `aborted`, or
 * with what ended the session. A session ends once, for good, and ends its worker with it.
 */
export type WorkerSession = {
  /** `limitMs`: how long the worker may be silent on its account. Errors: the worker's, `aborted`, what ended the session. */
  request(request: SessionRequest, limitMs: number, signal?: AbortSignal): Promise<unknown>;
  write(request: TextRequest, limits: TextLimits): SessionText;
  end(error: AppError): void;
  /** What ended it. */
  readonly ended: AppError | undefined;
};

export type SessionOptions = { worker: ModelWorker; clock: Clock; graceMs: number; onEnd: (error: AppError) => void };

export function openWorkerSession({ worker, clock, graceMs, onEnd }: SessionOptions): WorkerSession {
  const owed = new Map<number, Owed>();
  let nextId = 1;
  let ended: AppError | undefined;
  let disarm = (): void => undefined;

  const end = (error: AppError): void => {
    if (ended !== undefined) return;
    ended = error;
    disarm();
    worker.terminate();
    for (const { onEnd: endOne } of owed.values()) endOne(error);
    owed.clear();
    onEnd(error);
  };

  // Requests may wait for each other inside the worker, so it may be silent as long as all of them together allow.
  const watch = (): void => {
    disarm();
    const limitMs = [...owed.values()].reduce((sum, each) => sum + each.limitMs, 0);
    if (ended !== undefined || limitMs === 0) return;
    const hang = (): void => end(new AppError('timeout', 'the model worker hangs', { detail: { limitMs } }));
    disarm = clock.after(limitMs, () => (disarm = clock.after(graceMs, hang)));
  };

  const owe = (each: Owed): number => {
    const id = nextId++;
    if (ended === undefined) owed.set(id, each);
    else each.onEnd(ended);
    return id;
  };

  const post = (message: ToModelWorker): void => {
    if (ended !== undefined) return;
    try {
      worker.post(message);
    } catch (thrown) {
      owed.get(message.id)?.onEnd(new AppError('invalid-input', 'the request cannot be sent to a worker', { cause: thrown }));
      owed.delete(message.id);
    }
    watch();
  };

  const onMessage = (message: FromModelWorker): void => {
    if (ended !== undefined) return;
    if (message.kind === 'lost') return end(new AppError('device-lost', message.reason));
    if (message.kind === 'fatal') return end(fromWireError(message.error));
    if (message.kind !== 'hello' && owed.get(message.id)?.onMessage(message) === true) owed.delete(message.id);
    watch();
  };

  const request = (sent: SessionRequest, limitMs: number, signal?: AbortSignal): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(new AppError('aborted', 'the request was called off'));
      let id = 0;
      // The worker owes its answer still; whether it comes tells whether the worker hangs.
      const onAbort = (): void => {
        post({ kind: 'cancel', id });
        reject(new AppError('aborted', 'the request was called off'));
      };
      const settle = (run: () => void): true => {
        signal?.removeEventListener('abort', onAbort);
        run();
        return true;
      };
      id = owe({
        limitMs,
        onMessage: (message) => {
          if (message.kind === 'result') return settle(() => resolve(message.value));
          return message.kind === 'failed' && settle(() => reject(fromWireError(message.error)));
        },
        onEnd: (error) => settle(() => reject(error)),
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      post({ ...sent, id });
    });

  const write = (sent: TextRequest, limits: TextLimits): SessionText => openSessionText({ owe, post, isOwed: (id) => owed.has(id) }, sent, limits);

  worker.listen({ onMessage, onEnd: end });
  return { request, write, end, get ended() { return ended; } };
}
