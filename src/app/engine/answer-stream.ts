import type { AnswerEvent } from '#core/answer/answer-types.ts';
import type { AskRequest, EngineApi } from '#core/engine/engine-api.ts';
import type { AnswerId, ConversationId } from '#core/ids.ts';

export type AnswerStream = {
  conversation: ConversationId;
  answer: AnswerId;
  /** The events in order, pulled one at a time. Leaving the loop early, or aborting, stops the answer. */
  events: AsyncIterable<AnswerEvent>;
};

/** Asks, and gives the answer as it is made. Errors: those of `openAnswer` and `nextAnswerEvent`; an abort is no error. */
export async function openAnswerStream(engine: EngineApi, request: AskRequest, signal?: AbortSignal): Promise<AnswerStream> {
  const { conversation, answer } = await engine.openAnswer(request);
  return { conversation, answer, events: pull(engine, answer, signal) };
}

async function* pull(engine: EngineApi, answer: AnswerId, signal?: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
  let isOver = false;
  const stop = (): void => void engine.stopAnswer(answer).catch(() => undefined);
  if (signal?.aborted) {
    stop();
    return;
  }
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (let event = await engine.nextAnswerEvent(answer); event !== null; event = await engine.nextAnswerEvent(answer)) {
      if (signal?.aborted) return;
      yield event;
    }
    isOver = true;
  } finally {
    signal?.removeEventListener('abort', stop);
    if (!isOver) stop();
  }
}
