import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertSane, checkGreedyText } from './check-greedy-text.ts';
import { createIncrementalDetokenizer } from './incremental-detokenizer.ts';
import { RequestTurns } from './request-turns.ts';
import { TextChannel } from './text-channel.ts';
import { TextTimer } from './text-timer.ts';

const calm = (): AbortSignal => new AbortController().signal;

describe('createIncrementalDetokenizer', () => {
  /** Tokens are bytes, as in the worst case of byte-level tokenizers. */
  const decode = (ids: number[]): string => new TextDecoder().decode(Uint8Array.from(ids));
  const ids = (text: string): number[] => [...new TextEncoder().encode(text)];

  it('gives every character whole, and in all the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 4 }), (text, context) => {
        const one = createIncrementalDetokenizer(decode, ids(context));
        const pieces = ids(text).map((id) => one.push(id));
        expect(pieces.join('') + one.end()).toBe(text);
        if (!text.includes('\uFFFD')) for (const piece of pieces) expect(piece).not.toContain('\uFFFD');
      }),
    );
  });

  it('decodes a few tokens at a time, however long the text', () => {
    let longest = 0;
    const one = createIncrementalDetokenizer((some) => {
      longest = Math.max(longest, some.length);
      return decode(some);
    }, []);
    for (const id of ids('å word '.repeat(300))) one.push(id);
    expect(longest).toBeLessThan(9);
  });

  it('does not wait for ever for the rest of what is no character', () => {
    const one = createIncrementalDetokenizer(decode, []);
    expect([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80].map((id) => one.push(id)).join('')).not.toBe('');
  });
});

describe('TextChannel', () => {
  it('gives all text in order, what waits as one, then the end', async () => {
    const channel = new TextChannel(4);
    channel.push('a');
    channel.push('b');
    expect(await channel.take()).toBe('ab');
    const next = channel.take();
    channel.push('c');
    expect(await next).toBe('c');
    channel.push('d');
    channel.close();
    channel.push('e');
    expect([await channel.take(), await channel.take()]).toEqual(['d', undefined]);
  });

  it('holds the producer back until there is room, or none is wanted', async () => {
    const channel = new TextChannel(1);
    channel.push('a');
    let hasRoom = false;
    const waiting = channel.room().then(() => (hasRoom = true));
    await Promise.resolve();
    expect(hasRoom).toBe(false);
    await channel.take();
    await waiting;
    channel.push('b');
    const again = channel.room();
    channel.close();
    await again;
  });

  it('gives what stood before it rejects', async () => {
    const channel = new TextChannel(4);
    channel.push('a');
    channel.close({ thrown: new Error('broken') });
    expect(await channel.take()).toBe('a');
    await expect(channel.take()).rejects.toThrow('broken');
  });
});

describe('RequestTurns', () => {
  it('lets one in at a time, in order, and passes over those called off', async () => {
    const turns = new RequestTurns();
    const order: number[] = [];
    const abort = new AbortController();
    const end = await turns.enter(calm());
    const waiting = [1, 2, 3].map(async (number) => {
      const done = await turns.enter(number === 2 ? abort.signal : calm());
      if (done !== undefined) order.push(number);
      done?.();
    });
    abort.abort();
    expect(order).toEqual([]);
    end?.();
    await Promise.all(waiting);
    expect(order).toEqual([1, 3]);
  });
});

describe('checkGreedyText', () => {
  const count = async (text: string): Promise<number> => text.length;

  it('tells how much of the worst canary came out', async () => {
    const canaries = [{ prompt: 'a', text: 'abcd' }, { prompt: 'b', text: 'wxyz' }];
    expect(await checkGreedyText(canaries, count, async (prompt) => (prompt === 'a' ? ' abcd and more' : 'wxab'))).toBe(0.5);
    expect(await checkGreedyText(canaries.slice(0, 1), count, async () => 'abcd')).toBe(1);
  });

  it('without canaries tells broken numbers from words', async () => {
    expect(await checkGreedyText([], count, async () => 'The library is old.')).toBeUndefined();
    for (const text of ['', '!!!!!!!!', 'a a a a']) expect(() => assertSane(text)).toThrow(expect.objectContaining({ code: 'model/wrong-numbers' }));
  });
});

describe('TextTimer', () => {
  it('reckons speed by the tokens after the first', () => {
    let nowMs = 0;
    const timer = new TextTimer(() => nowMs);
    for (const atMs of [500, 600, 700]) {
      nowMs = atMs;
      timer.count();
    }
    expect(timer.figures()).toEqual({ tokens: 3, firstTokenMs: 500, tokensPerSecond: 10 });
    expect(new TextTimer(() => 5).figures()).toMatchObject({ tokens: 0, tokensPerSecond: 0 });
  });
});
