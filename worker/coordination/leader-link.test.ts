import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { createLeaderLink, type LeaderLink } from './leader-link.ts';
import { createLocalHub } from './local-hub.ts';
import type { LeaderMethods } from './serve-leader.ts';

type Node = { name: string; link: LeaderLink; calledOff: () => number; release: () => void };

/** Engines over one hub. `where` gives the name of the engine that answered; `slow` answers when it is released. */
function createWorld() {
  const hub = createLocalHub();
  const join = (name: string, { leads = true } = {}): Node => {
    const coordination = hub.join(name);
    let ended = 0;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const methods: LeaderMethods = {
      calls: {
        where: async ([suffix]) => `${name}${String(suffix)}`,
        fail: async () => {
          throw new AppError('model/failed', 'it failed', { detail: { at: name } });
        },
        slow: async (_, signal) => {
          signal.addEventListener('abort', () => (ended += 1));
          await released;
          return name;
        },
      },
      streams: {
        count: async function* ([to], signal) {
          try {
            for (let i = 1; i <= Number(to); i++) {
              signal.throwIfAborted();
              yield i;
              await Promise.resolve();
            }
            return name;
          } finally {
            ended += 1;
          }
        },
        broken: async function* () {
          yield 'first';
          throw new AppError('device-lost', 'gone');
        },
      },
    };
    const link = createLeaderLink(coordination, methods);
    if (leads) {
      coordination.lead(async () => {
        link.lead();
        await new Promise(() => undefined);
      });
    }
    return { name, link, calledOff: () => ended, release: () => release() };
  };
  return { join, kill: hub.kill };
}

async function take(items: AsyncGenerator<unknown, unknown, undefined>): Promise<{ items: unknown[]; result: unknown }> {
  const taken: unknown[] = [];
  for (;;) {
    const { value, done } = await items.next();
    if (done === true) return { items: taken, result: value };
    taken.push(value);
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const signal = () => new AbortController().signal;

describe('a link to the engine that leads', () => {
  it('calls the leader from every engine, the leader itself included', async () => {
    const world = createWorld();
    const [first, second] = [world.join('a'), world.join('b')];
    expect(await first.link.call('where', ['!'])).toBe('a!');
    expect(await second.link.call('where', ['?'])).toBe('a?');
  });

  it('carries errors with their code and detail', async () => {
    const world = createWorld();
    world.join('a');
    const second = world.join('b');
    await expect(second.link.call('fail', [])).rejects.toMatchObject({ code: 'model/failed', detail: { at: 'a' } });
  });

  it('waits for a leader, and no longer than its signal lets it', async () => {
    const world = createWorld();
    const only = world.join('a', { leads: false });
    const abort = new AbortController();
    const called = only.link.call('where', [''], abort.signal);
    abort.abort();
    await expect(called).rejects.toMatchObject({ code: 'aborted' });
    const waiting = only.link.call('where', ['']);
    world.join('b');
    expect(await waiting).toBe('b');
  });

  it('makes a call again at the next leader when the one before ends', async () => {
    const world = createWorld();
    const [first, second, third] = [world.join('a'), world.join('b'), world.join('c')];
    const called = third.link.call('slow', []);
    await settle();
    world.kill('a');
    await settle();
    second.release();
    first.release();
    expect(await called).toBe('b');
  });

  it('streams item by item, and its result', async () => {
    const world = createWorld();
    world.join('a');
    const second = world.join('b');
    expect(await take(second.link.stream('count', [3], signal()))).toEqual({ items: [1, 2, 3], result: 'a' });
  });

  it('rejects a stream that had begun when its leader ends', async () => {
    const world = createWorld();
    world.join('a');
    const second = world.join('b');
    const items = second.link.stream('count', [1000], signal());
    await items.next();
    world.kill('a');
    await expect(take(items)).rejects.toMatchObject({ code: 'engine-gone' });
  });

  it('hands on what a stream throws', async () => {
    const world = createWorld();
    world.join('a');
    const items = world.join('b').link.stream('broken', [], signal());
    expect((await items.next()).value).toBe('first');
    await expect(items.next()).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('ends at the leader what its caller leaves, aborts or dies over', async () => {
    const world = createWorld();
    const first = world.join('a');
    const [second, third] = [world.join('b'), world.join('c')];
    for await (const item of second.link.stream('count', [100], signal())) if (item === 2) break;
    await settle();
    expect(first.calledOff()).toBe(1);
    const abort = new AbortController();
    const called = second.link.call('slow', [], abort.signal);
    await settle();
    abort.abort();
    await expect(called).rejects.toMatchObject({ code: 'aborted' });
    await settle();
    expect(first.calledOff()).toBe(2);
    await third.link.stream('count', [100], signal()).next();
    world.kill('c');
    await settle();
    expect(first.calledOff()).toBe(3);
  });

  it('answers every call while any engine lives, whichever die and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { maxLength: 4 }), fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }), async (deaths, delays) => {
        const world = createWorld();
        for (const name of ['a', 'b', 'c', 'd']) world.join(name);
        const caller = world.join('e');
        const calls = delays.map(async (delay) => {
          await new Promise((resolve) => setTimeout(resolve, delay));
          return caller.link.call('where', ['']);
        });
        for (const name of deaths) {
          await Promise.resolve();
          world.kill(name);
        }
        const answers = await Promise.all(calls);
        expect(answers.every((answer) => typeof answer === 'string')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
