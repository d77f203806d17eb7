import { toWireError } from '#core/errors/app-error.ts';
import type { Coordination, PeerMessage, Reply } from './coordination.ts';

/** What the leader does for all engines of its origin. Arguments and results are plain data. */
export type LeaderMethods = {
  calls: Record<string, (args: unknown[], signal: AbortSignal) => Promise<unknown>>;
  streams: Record<string, (args: unknown[], signal: AbortSignal) => AsyncGenerator<unknown, unknown, undefined>>;
};

type Served = { abort: AbortController; items?: AsyncGenerator<unknown, unknown, undefined> };

/** Answers the calls of other engines from now on. What an engine asked for that has ended is called off. */
export function serveLeader(coordination: Coordination, methods: LeaderMethods): void {
  const served = new Map<string, Map<number, Served>>();

  const of = (engine: string): Map<number, Served> => {
    const known = served.get(engine);
    if (known !== undefined) return known;
    const fresh = new Map<number, Served>();
    served.set(engine, fresh);
    void coordination.whenGone(engine).then(() => {
      served.delete(engine);
      for (const one of fresh.values()) end(one);
    });
    return fresh;
  };

  const reply = async (to: string, id: number, work: () => Promise<Reply>): Promise<void> => {
    let answer: Reply;
    try {
      answer = await work();
    } catch (thrown) {
      answer = { error: toWireError(thrown) };
    }
    if ('error' in answer || answer.done) of(to).delete(id);
    coordination.post({ kind: 'reply', to, id, reply: answer });
  };

  const next = async (items: AsyncGenerator<unknown, unknown, undefined>): Promise<Reply> => {
    const { value, done = false } = await items.next();
    return { value, done };
  };

  const onCall = (message: Extract<PeerMessage, { kind: 'call' }>): void => {
    const { from, id, method, args, isStream } = message;
    const abort = new AbortController();
    const one: Served = { abort };
    of(from).set(id, one);
    void reply(from, id, () => {
      if (!isStream) return methods.calls[method]!(args, abort.signal).then((value) => ({ value, done: true }));
      one.items = methods.streams[method]!(args, abort.signal);
      return next(one.items);
    });
  };

  coordination.onMessage((message) => {
    if (message.kind === 'call') return onCall(message);
    if (message.kind !== 'pull' && message.kind !== 'call-off') return;
    const one = served.get(message.from)?.get(message.id);
    if (one === undefined) return;
    if (message.kind === 'pull') return void (one.items && reply(message.from, message.id, () => next(one.items!)));
    of(message.from).delete(message.id);
    end(one);
  });
}

function end({ abort, items }: Served): void {
  abort.abort();
  void items?.return(undefined).catch(() => undefined);
}
