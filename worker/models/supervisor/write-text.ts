import { AppError, toAppError } from '#core/errors/app-error.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { Clock } from './clock.ts';
import type { Running } from './start-session.ts';
import { promptLimitMs, type SupervisorLimits } from './supervisor-limits.ts';

/** Errors that say something about a request and nothing about the worker. */
export function isOfRequest({ code }: AppError): boolean {
  return code === 'aborted' || code === 'invalid-input';
}

/** A text that was stopped before it began. */
export const notBegun: TextEnd = { reason: 'stopped', promptTokens: 0, tokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };

type Writing = { request: TextRequest; signal: AbortSignal | undefined; clock: Clock; limits: SupervisorLimits; onFree: () => void };

/**
 * Streams one text of a session. `onFree` is called once the worker may be given the next. A session whose worker does not
 * stop in time is ended as `aborted`, one that failed with its error.
 */
export async function* writeText({ session }: Running, { request, signal, clock, limits, onFree }: Writing): AsyncGenerator<string, TextEnd, undefined> {
  const begun = clock.now();
  const seen = { pieces: 0, firstMs: 0 };
  const text = session.write(request, { promptMs: promptLimitMs(limits, request), tokenMs: limits.tokenMs });
  void text.finished.then(onFree);
  const stop = (): void => {
    text.stop();
    const cancel = clock.after(limits.hardStopMs, () => session.end(new AppError('aborted', 'the text did not stop in time')));
    void text.finished.then(cancel);
  };
  const stopped = (): TextEnd => ({
    reason: 'stopped',
    promptTokens: 0,
    tokens: seen.pieces,
    firstTokenMs: seen.firstMs,
    tokensPerSecond: seen.pieces < 2 ? 0 : ((seen.pieces - 1) * 1000) / Math.max(1, clock.now() - begun - seen.firstMs),
  });
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  let isOver = false;
  try {
    for (;;) {
      const item = await text.take();
      if (item.kind === 'end') {
        isOver = true;
        return item.end;
      }
      if (signal?.aborted === true) continue;
      if (seen.pieces++ === 0) seen.firstMs = clock.now() - begun;
      yield item.text;
    }
  } catch (thrown) {
    isOver = true;
    const error = toAppError(thrown);
    const isRefused = session.ended === undefined && isOfRequest(error);
    if (!isRefused) session.end(error);
    if (signal?.aborted === true) return stopped();
    throw isRefused ? error : new AppError('engine-gone', 'the model was lost while it wrote', { cause: error, detail: { code: error.code } });
  } finally {
    signal?.removeEventListener('abort', stop);
    if (!isOver) stop();
  }
}
