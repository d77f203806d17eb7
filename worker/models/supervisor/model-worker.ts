import { AppError } from '#core/errors/app-error.ts';
import { createId, type AnswerId } from '#core/ids.ts';
import type { FromModelWorker, ToModelWorker } from './model-worker-protocol.ts';
import { toModelError } from './to-model-error.ts';

export type ModelWorkerListener = {
  onMessage(message: FromModelWorker): void;
  /** The worker failed or died. May come more than once, and after `terminate`. */
  onEnd(error: AppError): void;
};

/** A worker that runs `serveModelWorker`, from outside. */
export type ModelWorker = {
  post(message: ToModelWorker): void;
  /** To be called once, before anything is posted. */
  listen(listener: ModelWorkerListener): void;
  terminate(): void;
};

/**
 * A browser's worker as a `ModelWorker`. It must be started as a module under the name it is given: it holds the Web Lock
 * of that name for as long as it lives, and waiting for that lock is waiting for its end, which no browser reports (a
 * worker that computes for minutes still holds it, so this never takes busy for dead).
 */
export function createModelWorker(start: (name: string) => Worker): ModelWorker {
  const worker = start(`alcove-model:${createId<AnswerId>()}`);
  const waiting = new AbortController();

  const watchLock = (lock: string, onEnd: (error: AppError) => void): void => {
    navigator.locks
      .request(lock, { mode: 'shared', signal: waiting.signal }, () => onEnd(new AppError('engine-gone', 'the model worker ended')))
      .catch(() => undefined);
  };

  return {
    post: (message) => worker.postMessage(message),
    listen: ({ onMessage, onEnd }) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromModelWorker>) => {
        if (data.kind === 'hello' && data.lock !== undefined) watchLock(data.lock, onEnd);
        onMessage(data);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        onEnd(event.message ? toModelError(new Error(event.message)) : new AppError('internal', 'the script of the model worker could not be started'));
      });
      worker.addEventListener('messageerror', () => onEnd(new AppError('engine-gone', 'a message of the model worker could not be read')));
    },
    terminate: () => {
      waiting.abort();
      worker.terminate();
    },
  };
}
