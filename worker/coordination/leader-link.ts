import { AppError, fromWireError } from '#core/errors/app-error.ts';
import type { Coordination, LinkMessage, PeerMessage, Reply } from './coordination.ts';
import { serveLeader, type LeaderMethods } from './serve-leader.ts';

/**
 * Calls what only one engine of an origin does, wherever that engine is. While nobody leads, a call waits for who will,
 * as long as its signal lets it. When the leader ends, a call is made again at the next one, so it must be one that may
 * be repeated; a stream that had begun rejects with `engine-gone`. No caller is left waiting for an engine that is gone.
 */
export type LeaderLink = {
  call: (method: string, args: unknown[], signal?: AbortSignal) => Promise<unknown>;
  stream: (method: string, args: unknown[], signal: AbortSignal) => AsyncGenerator<unknown, unknown, undefined>;
  /** This engine leads from now on: calls of all engines come to its methods. */
  lead: () => void;
};

/** A link over a coordination; `methods` are called here while this engine leads. */
export function createLeaderLink(coordination: Coordination, methods: LeaderMethods): LeaderLink {
  return new Link(coordination, methods);
}

const gone = Symbol('the leader is gone');

class Link implements LeaderLink {
  readonly #coordination: Coordination;
  readonly #methods: LeaderMethods;
  readonly #waiting = new Map<number, (reply: Reply | typeof gone) => void>();
  readonly #seekers = new Set<() => void>();
  #leader: string | undefined;
  #nextId = 1;

  constructor(coordination: Coordination, methods: LeaderMethods) {
    this.#coordination = coordination;
    this.#methods = methods;
    coordination.onMessage((message) => this.#hear(message));
  }

  lead(): void {
    const { engine, post } = this.#coordination;
    serveLeader(this.#coordination, this.#methods);
    this.#follow(engine);
    post({ kind: 'leads', engine });
  }

  async call(method: string, args: unknown[], signal?: AbortSignal): Promise<unknown> {
    for (;;) {
      const leader = await this.#seekLeader(signal);
      if (leader === this.#coordination.engine) return await this.#methods.calls[method]!(args, signal ?? new AbortController().signal);
      const reply = await this.#ask(leader, { method, args, isStream: false }, signal);
      if (reply !== gone) return valueOf(reply).value;
    }
  }

  async *stream(method: string, args: unknown[], signal: AbortSignal): AsyncGenerator<unknown, unknown, undefined> {
    for (;;) {
      const leader = await this.#seekLeader(signal);
      if (leader === this.#coordination.engine) return yield* this.#methods.streams[method]!(args, signal);
      const first = await this.#ask(leader, { method, args, isStream: true }, signal);
      if (first === gone) continue;
      return yield* this.#follows(leader, first, signal);
    }
  }

  async *#follows(leader: string, first: Reply & { id?: number }, signal: AbortSignal): AsyncGenerator<unknown, unknown, undefined> {
    const id = first.id!;
    let isOver = false;
    try {
      for (let reply: Reply | typeof gone = first; ; reply = await this.#await(id, leader, signal, { kind: 'pull', from: this.#coordination.engine, id })) {
        if (reply === gone) throw new AppError('engine-gone', 'the engine that wrote this has ended');
        isOver = 'error' in reply || reply.done;
        const { value, done } = valueOf(reply);
        if (done) return value;
        yield value;
      }
    } finally {
      if (!isOver) this.#coordination.post({ kind: 'call-off', from: this.#coordination.engine, id });
    }
  }

  async #ask(leader: string, call: { method: string; args: unknown[]; isStream: boolean }, signal?: AbortSignal): Promise<(Reply & { id: number }) | typeof gone> {
    const id = this.#nextId++;
    const reply = await this.#await(id, leader, signal, { kind: 'call', from: this.#coordination.engine, id, ...call });
    return reply === gone ? gone : { ...reply, id };
  }

  /** Sends a message and waits for its one reply, the leader's end or the signal, whichever comes first. */
  #await(id: number, leader: string, signal: AbortSignal | undefined, message: LinkMessage): Promise<Reply | typeof gone> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Reply | typeof gone): void => {
        this.#waiting.delete(id);
        signal?.removeEventListener('abort', onAbort);
        resolve(outcome);
      };
      const onAbort = (): void => {
        this.#waiting.delete(id);
        this.#coordination.post({ kind: 'call-off', from: this.#coordination.engine, id });
        reject(new AppError('aborted', 'the call was called off'));
      };
      if (this.#leader !== leader) return resolve(gone);
      this.#waiting.set(id, settle);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#coordination.post(message);
    });
  }

  #seekLeader(signal: AbortSignal | undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(new AppError('aborted', 'the call was called off'));
      if (this.#leader !== undefined) return resolve(this.#leader);
      const onAbort = (): void => {
        this.#seekers.delete(found);
        reject(new AppError('aborted', 'the call was called off'));
      };
      const found = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve(this.#leader!);
      };
      this.#seekers.add(found);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#coordination.post({ kind: 'who-leads' });
    });
  }

  #hear(message: PeerMessage): void {
    const { engine, post } = this.#coordination;
    if (message.kind === 'who-leads' && this.#leader === engine) post({ kind: 'leads', engine });
    else if (message.kind === 'leads') this.#follow(message.engine);
    else if (message.kind === 'reply' && message.to === engine) this.#waiting.get(message.id)?.(message.reply);
  }

  #follow(leader: string): void {
    if (this.#leader === leader) return;
    this.#leader = leader;
    for (const settle of this.#waiting.values()) settle(gone);
    for (const found of this.#seekers) found();
    this.#seekers.clear();
    if (leader !== this.#coordination.engine) void this.#mourn(leader);
  }

  async #mourn(leader: string): Promise<void> {
    await this.#coordination.whenGone(leader);
    if (this.#leader !== leader) return;
    this.#leader = undefined;
    for (const settle of this.#waiting.values()) settle(gone);
  }
}

function valueOf(reply: Reply): { value: unknown; done: boolean } {
  if ('error' in reply) throw fromWireError(reply.error);
  return reply;
}

