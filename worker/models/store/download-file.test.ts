import { assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '#core/models/model-manifest.ts';
import { downloadFile } from './download-file.ts';
import { delayBefore, downloadPolicy, sleepFor } from './download-policy.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import type { ShelfContents } from './memory-shelf.ts';
import type { ModelSource } from './model-sources.ts';
import { hashOf, inPieces, makeBytes } from './test-store/store-world.ts';

const content = makeBytes(6_000, 3);
const file: ModelFile = { path: 'onnx/model.onnx', bytes: content.length, sha256: hashOf(content) };
const near: ModelSource = { origin: 'same-origin', urlOf: () => 'http://near.test/x.onnx' };
const far: ModelSource = { origin: 'hub', urlOf: () => 'http://far.test/x.onnx' };

type Answer = (from: number, headers: Headers, signal: AbortSignal) => Response | Promise<Response>;

const right: Answer = (from) =>
  new Response(inPieces(content.subarray(from)), from > 0 ? { status: 206, headers: { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } } : {});
const ranged = (from: number, body: ReadableStream<Uint8Array<ArrayBuffer>>, headers: Record<string, string> = {}) => new Response(body, { status: from > 0 ? 206 : 200, headers });

/** Downloads with answers given in turn, the last again and again. */
async function download(nearAnswers: Answer[], farAnswers: Answer[] = [() => new Response('', { status: 404 })], contents: ShelfContents = new Map()) {
  const asked: string[] = [];
  const bytesSeen: number[] = [];
  const turns = { near: 0, far: 0 };
  const fetchFile = async (url: string | URL | Request, init: RequestInit = {}) => {
    const host = (url instanceof Request ? url.url : url.toString()).includes('near') ? 'near' : 'far';
    const headers = new Headers(init.headers);
    const from = Number(/\d+/u.exec(headers.get('range') ?? '')?.[0] ?? 0);
    asked.push(`${host} ${from}${headers.has('if-range') ? ' if-range' : ''}`);
    const answers = host === 'near' ? nearAnswers : farAnswers;
    return answers[Math.min(turns[host]++, answers.length - 1)]!(from, headers, init.signal!);
  };
  const run = downloadFile({
    file,
    sources: [near, far],
    shelf: createMemoryShelf(contents),
    partPath: 'part',
    filePath: 'whole',
    fetch: fetchFile,
    policy: { ...downloadPolicy, stallMs: 40, firstDelayMs: 0, mostDelayMs: 0 },
    signal: new AbortController().signal,
    onBytes: (bytes) => bytesSeen.push(bytes),
  });
  const outcome = await run.then((source) => source?.origin ?? 'there', (error: { code: string }) => error.code);
  if (contents.has('whole')) expect(hashOf(contents.get('whole')!)).toBe(file.sha256);
  return { outcome, asked, bytesSeen, contents };
}

const flipped = (at: number) => content.map((byte, index) => (index === at ? byte ^ 4 : byte));

describe('downloading a file', () => {
  it('goes on where the answer broke off', async () => {
    const { outcome, asked } = await download([(from) => ranged(from, inPieces(content.subarray(from, 2_048), 'break')), right]);
    expect([outcome, ...asked]).toEqual(['same-origin', 'near 0', 'near 2048']);
  });

  it('goes on where the answer ended too soon, as often as each time brings something', async () => {
    const short: Answer = (from) => ranged(from, inPieces(content.subarray(from, from + 600)));
    const { outcome, asked } = await download([short]);
    expect([outcome, asked.length]).toEqual(['same-origin', 10]);
  });

  it('gives up an answer that stalls, and goes on with the next', async () => {
    const { outcome, asked } = await download([(from) => ranged(from, inPieces(content.subarray(from, 1_024), 'hang')), right]);
    expect([outcome, ...asked]).toEqual(['same-origin', 'near 0', 'near 1024']);
  });

  it('gives up a source that never answers', async () => {
    const { outcome, asked } = await download([() => new Promise<Response>(() => undefined)], [right]);
    expect([outcome, asked.filter((ask) => ask.startsWith('near')).length]).toEqual(['hub', 4]);
  });

  it.each([404, 403, 410])('goes to the next source at once on status %i', async (status) => {
    const { outcome, asked } = await download([() => new Response('', { status })], [right]);
    expect([outcome, ...asked]).toEqual(['hub', 'near 0', 'far 0']);
  });

  it.each([500, 503, 429])('tries again on status %i, then goes to the next source', async (status) => {
    const trouble: Answer = () => new Response('', { status, headers: { 'retry-after': '1' } });
    expect((await download([trouble, right])).asked).toEqual(['near 0', 'near 0']);
    expect((await download([trouble], [right])).outcome).toBe('hub');
    expect((await download([trouble], [trouble])).outcome).toBe('offline');
  });

  it('takes no page for a file', async () => {
    const page: Answer = () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect((await download([page], [right])).outcome).toBe('hub');
    expect((await download([page])).outcome).toBe('model/missing');
  });

  it('begins anew where the source knows no ranges', async () => {
    const contents: ShelfContents = new Map([['part', content.slice(0, 1_000)]]);
    const { outcome, bytesSeen } = await download([() => right(0, new Headers(), new AbortController().signal)], undefined, contents);
    expect(outcome).toBe('same-origin');
    expect(bytesSeen[0]).toBe(1_000);
    expect(bytesSeen).toContain(0);
  });

  it('asks with the ETag it saw, of this server only', async () => {
    const withEtag: Answer = (from) => ranged(from, inPieces(content.subarray(from, 2_048), 'break'), { etag: '"v1"' });
    expect((await download([withEtag, right])).asked).toEqual(['near 0', 'near 2048 if-range']);
    expect((await download([() => new Response('', { status: 404 })], [withEtag, right])).asked).toEqual(['near 0', 'far 0', 'far 2048']);
  });

  it('goes on with what an earlier run left, right or wrong', async () => {
    const good = await download([right], undefined, new Map([['part', content.slice(0, 3_000)]]));
    expect([good.outcome, ...good.asked]).toEqual(['same-origin', 'near 3000']);
    const bad = await download([right], undefined, new Map([['part', flipped(7).slice(0, 3_000)]]));
    expect([bad.outcome, ...bad.asked]).toEqual(['same-origin', 'near 3000', 'near 0']);
    const whole = await download([right], undefined, new Map([['part', content.slice()]]));
    expect([whole.outcome, ...whole.asked]).toEqual(['there']);
    const tooLong = await download([right], undefined, new Map([['part', new Uint8Array(9_000)]]));
    expect([tooLong.outcome, ...tooLong.asked]).toEqual(['same-origin', 'near 0']);
  });

  it('never puts other bytes in place: twice wrong is the next source, wrong everywhere is corrupt', async () => {
    const wrong: Answer = () => new Response(inPieces(flipped(5_000)));
    expect((await download([wrong, right])).outcome).toBe('same-origin');
    const next = await download([wrong], [right]);
    expect([next.outcome, ...next.asked]).toEqual(['hub', 'near 0', 'near 0', 'far 0']);
    const nowhere = await download([wrong], [wrong]);
    expect([nowhere.outcome, nowhere.contents.has('whole'), nowhere.contents.get('part')?.length]).toEqual(['model/corrupt', false, 0]);
  });

  it('cuts off a source that sends more than listed', async () => {
    let pulled = 0;
    const endless: Answer = () => new Response(new ReadableStream({ pull: (controller) => {
      pulled += 1;
      controller.enqueue(makeBytes(1_000, pulled));
    } }, { highWaterMark: 0 }));
    const { outcome, bytesSeen } = await download([endless], [right]);
    expect(outcome).toBe('hub');
    expect(Math.max(...bytesSeen)).toBeLessThanOrEqual(file.bytes);
    expect(pulled).toBeLessThan(10);
  });

  it('begins anew on a range it did not ask for, and on a file that is another by now', async () => {
    const otherRange: Answer = (from) => new Response(inPieces(content.subarray(from)), { status: 206, headers: { 'content-range': `bytes 0-5999/6000` } });
    const otherSize: Answer = (from) => new Response(inPieces(content.subarray(from)), { status: 206, headers: { 'content-range': `bytes ${from}-8999/9000` } });
    for (const answer of [otherRange, otherSize]) {
      const { outcome, asked } = await download([answer, right], undefined, new Map([['part', content.slice(0, 1_000)]]));
      expect([outcome, ...asked]).toEqual(['same-origin', 'near 1000', 'near 0']);
    }
  });

  it('calls it offline where a source cannot be reached and the other has nothing', async () => {
    expect((await download([() => new Response('', { status: 404 })], [() => Promise.reject(new TypeError('failed to fetch'))])).outcome).toBe('offline');
  });

  it('brings the right bytes or a named error, whatever the sources do', async () => {
    const kinds = ['right', 'break', 'short', 'flip', 'hang', 'missing', 'trouble', 'page', 'endless', 'no-range', 'network'] as const;
    const answerOf = (kind: (typeof kinds)[number], at: number): Answer => (from, headers, signal) => {
      const rest = content.subarray(from, Math.max(from, at));
      if (kind === 'right') return right(from, headers, signal);
      if (kind === 'break') return ranged(from, inPieces(rest, 'break'));
      if (kind === 'short') return ranged(from, inPieces(rest));
      if (kind === 'flip') return ranged(from, inPieces(flipped(at % content.length).subarray(from)));
      if (kind === 'hang') return ranged(from, inPieces(rest, 'hang'));
      if (kind === 'missing') return new Response('', { status: 404 });
      if (kind === 'trouble') return new Response('', { status: 502 });
      if (kind === 'page') return new Response('<html>', { headers: { 'content-type': 'text/html' } });
      if (kind === 'endless') return new Response(inPieces(makeBytes(9_000, at)));
      if (kind === 'no-range') return new Response(inPieces(content));
      return Promise.reject(new TypeError('network error'));
    };
    const one = constantFrom(...kinds);
    await assert(asyncProperty(one, one, one, one, integer({ min: 0, max: 6_000 }), async (a, b, c, d, at) => {
      const { outcome, contents, bytesSeen } = await download([answerOf(a, at), answerOf(b, at)], [answerOf(c, at), answerOf(d, at)]);
      expect(['same-origin', 'hub', 'model/missing', 'model/corrupt', 'offline']).toContain(outcome);
      expect(contents.has('whole')).toBe(outcome === 'same-origin' || outcome === 'hub');
      expect(Math.max(0, ...bytesSeen)).toBeLessThanOrEqual(file.bytes);
    }), { numRuns: 60 });
  });
});

describe('waiting between attempts', () => {
  it('doubles, with jitter, up to a bound, and heeds what the source asks within it', () => {
    const delays = (random: number, asked?: number) => [0, 1, 2, 10].map((attempt) => delayBefore(attempt, asked, { firstDelayMs: 500, mostDelayMs: 15_000, random: () => random }));
    expect(delays(1)).toEqual([500, 1_000, 2_000, 15_000]);
    expect(delays(0)).toEqual([250, 500, 1_000, 15_000]);
    expect(delays(0, 3_000)).toEqual([3_000, 3_000, 3_000, 15_000]);
    expect(delays(0, 1e9)).toEqual([15_000, 15_000, 15_000, 15_000]);
  });

  it('ends at once when stopped', async () => {
    const controller = new AbortController();
    const sleep = sleepFor(60_000, controller.signal);
    controller.abort(new Error('stopped'));
    await expect(sleep).rejects.toThrow('stopped');
    await expect(sleepFor(60_000, controller.signal)).rejects.toThrow('stopped');
  });
});
