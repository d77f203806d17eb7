import { fromWireError, type AppError } from '#core/errors/app-error.ts';
import type { TextRequest } from '#core/generate/text-model.ts';
import type { FromModelWorker, ToModelWorker } from './model-worker-protocol.ts';
import { TextInbox, type InboxItem } from './text-inbox.ts';

/** Pieces a worker may be ahead of its reader. */
const window = 8;

/** What a worker still owes. `limitMs`: how long it may be silent on this account; 0 while it waits for us. */
export type Owed = {
  limitMs: number;
  /** True: that was the last of it. */
  onMessage(message: FromModelWorker): boolean;
  onEnd(error: AppError): void;
};

/** The session's side of a text. */
export type TextLine = { owe(owed: Owed): number; isOwed(id: number): boolean; post(message: ToModelWorker): void };

/** Silence before the first token, and between two. */
export type TextLimits = { promptMs: number; tokenMs: number };

/** A text being written. `stop` asks the worker to end it; `finished` resolves when the worker is free again, or gone. */
export type SessionText = { take(): Promise<InboxItem>; stop(): void; finished: Promise<void> };

export function openSessionText({ owe, isOwed, post }: TextLine, request: TextRequest, { promptMs, tokenMs }: TextLimits): SessionText {
  const inbox = new TextInbox();
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let leave = window;
  let hasBegun = false;

  const text: Owed = {
    limitMs: promptMs,
    onMessage: (message) => {
      if (message.kind === 'piece') {
        leave--;
        hasBegun = true;
        text.limitMs = leave > 0 ? tokenMs : 0;
        inbox.put(message);
        return false;
      }
      if (message.kind === 'end') inbox.put(message);
      else if (message.kind === 'failed') inbox.fail(fromWireError(message.error));
      finish();
      return true;
    },
    onEnd: (error) => {
      inbox.fail(error);
      finish();
    },
  };
  const id = owe(text);
  post({ kind: 'generate', id, request, window });

  const allowOne = (): void => {
    if (!isOwed(id)) return;
    leave++;
    text.limitMs = hasBegun ? tokenMs : promptMs;
    post({ kind: 'pull', id, pieces: 1 });
  };

  return {
    finished,
    take: async () => {
      const item = await inbox.take();
      if (item.kind === 'piece') allowOne();
      return item;
    },
    stop: () => {
      inbox.skipPieces();
      if (isOwed(id)) post({ kind: 'cancel', id });
    },
  };
}
