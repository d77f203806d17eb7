import { AppError, fromWireError } from '#core/errors/app-error.ts';
import type { DocumentReader, ReadOptions } from './document-reader.ts';
import type { FromReading, ToReading } from './reading-protocol.ts';
import type { ReadDocument, ReadRequest } from '#core/engine/read-document.ts';

export type WorkerDocumentReaderOptions = {
  startWorker: () => Worker;
  /** Address the reading worker loads the tokenizer's and parsers' files from. */
  baseUrl: string;
  /** Without any progress for this long, or in all for `limitMs`, a reading is ended as `source/timeout`. */
  stallMs?: number;
  limitMs?: number;
};

/**
 * Reads in a worker of its own, which is kept for the next file. It is ended, and a new one started for the next, when it
 * crashes (`source/corrupt`), takes too long (`source/timeout`), or the reading is cancelled: a parser in a loop hears
 * nothing else. One file at a time.
 */
export function createWorkerDocumentReader(options: WorkerDocumentReaderOptions): DocumentReader {
  const { startWorker, baseUrl, stallMs = 60_000, limitMs = 15 * 60_000 } = options;
  let idle: Worker | undefined;

  const read = (request: ReadRequest, { signal, onProgress }: ReadOptions): Promise<ReadDocument> =>
    new Promise((resolve, reject) => {
      const worker = idle ?? startWorker();
      idle = undefined;
      let stall: ReturnType<typeof setTimeout> | undefined;

      const settle = (keep: boolean): void => {
        clearTimeout(stall);
        clearTimeout(limit);
        signal.removeEventListener('abort', onAbort);
        worker.onmessage = null;
        worker.onerror = null;
        if (keep) idle = worker;
        else worker.terminate();
      };
      const end = (error: AppError): void => {
        settle(false);
        reject(error);
      };
      const timeOut = (): void => end(new AppError('source/timeout', 'reading took too long', { detail: { stallMs, limitMs } }));
      const onAbort = (): void => end(new AppError('aborted', 'reading was cancelled'));
      const restartStall = (): void => {
        clearTimeout(stall);
        stall = setTimeout(timeOut, stallMs);
      };
      const limit = setTimeout(timeOut, limitMs);

      worker.onerror = (event) => {
        event.preventDefault();
        end(new AppError('source/corrupt', `the reader crashed: ${event.message}`));
      };
      worker.onmessage = ({ data }: MessageEvent<FromReading>) => {
        restartStall();
        if (data.kind === 'progress') return onProgress({ done: data.done, total: data.total });
        settle(true);
        if (data.kind === 'read') resolve(data.document);
        else reject(fromWireError(data.error));
      };
      signal.addEventListener('abort', onAbort);
      restartStall();
      if (signal.aborted) onAbort();
      else worker.postMessage({ kind: 'read', request, baseUrl } satisfies ToReading, [request.bytes]);
    });

  return { read };
}
