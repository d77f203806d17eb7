import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectTestHub } from './connect-test-hub.ts';
import { startTestHub, type TestHub } from './start-test-hub.ts';

const folder = resolve(import.meta.dirname, '..', '..', 'fixtures', 'models');
const id = 'alcove-test/tiny-bert';
const bytes = readFileSync(resolve(folder, id, 'onnx', 'model.onnx'));
const name = `${id}/onnx/model.onnx`;
let hub: TestHub;
let file = '';

beforeEach(async () => {
  hub = await startTestHub(folder);
  file = `${hub.address}/${id}/resolve/main/onnx/model.onnx`;
});

afterEach(() => hub.stop());

/** What came before the connection ended, and whether it ended well. */
async function receive(response: Response): Promise<{ received: Buffer; isWhole: boolean }> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of response.body ?? []) parts.push(part as Uint8Array);
    return { received: Buffer.concat(parts), isWhole: true };
  } catch {
    return { received: Buffer.concat(parts), isWhole: false };
  }
}

describe('the test hub without faults', () => {
  it('sends a file whole and in parts, to every origin, and writes down what was asked', async () => {
    const whole = await fetch(file);
    expect(whole.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const part = await fetch(file, { headers: { Range: 'bytes=1000-1999', 'If-Range': whole.headers.get('ETag') ?? '' } });
    expect([part.status, part.headers.get('Content-Range')]).toEqual([206, `bytes 1000-1999/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000))).toBe(true);
    expect(hub.requests).toEqual([
      { method: 'GET', path: new URL(file).pathname },
      { method: 'GET', path: new URL(file).pathname, range: 'bytes=1000-1999' },
    ]);
  });

  it('says of a model what the hub says: its commit, and its files with their hashes', async () => {
    const model = (await (await fetch(`${hub.address}/api/models/${id}/revision/main`)).json()) as { sha: string };
    expect(model.sha).toMatch(/^[0-9a-f]{40}$/);
    const tree = (await (await fetch(`${hub.address}/api/models/${id}/tree/${model.sha}?recursive=true`)).json()) as Record<string, unknown>[];
    expect(tree).toContainEqual(expect.objectContaining({ path: 'onnx/model.onnx', size: bytes.length, lfs: expect.objectContaining({ oid: createHash('sha256').update(bytes).digest('hex') }) }));
    const config = readFileSync(resolve(folder, id, 'config.json'));
    const oid = createHash('sha1').update(`blob ${config.length}\0`).update(config).digest('hex');
    expect(tree).toContainEqual({ type: 'file', path: 'config.json', size: config.length, oid });
    expect((await fetch(`${hub.address}/${id}/resolve/${model.sha}/config.json`)).status).toBe(200);
    expect((await fetch(`${hub.address}/api/models/no/model/revision/main`)).status).toBe(404);
    expect((await fetch(`${hub.address}/${id}/resolve/main/gone`)).status).toBe(404);
  });
});

describe('the test hub with faults', () => {
  it('ends the connection at a byte as often as it is told to, and lets who asks go on from there', async () => {
    hub.fail(name, [{ kind: 'truncate', atByte: 100_000, times: 1 }]);
    const { received, isWhole } = await receive(await fetch(file));
    expect([received.length, isWhole]).toEqual([100_000, false]);
    const rest = await receive(await fetch(file, { headers: { Range: 'bytes=100000-' } }));
    expect(Buffer.concat([received, rest.received]).equals(bytes)).toBe(true);
  });

  it('falls silent at a byte with the connection open', async () => {
    hub.fail(name, [{ kind: 'stall', atByte: 50_000 }]);
    const stop = new AbortController();
    const response = await fetch(file, { signal: stop.signal });
    let received = 0;
    const reading = (async () => {
      for await (const part of response.body ?? []) received += (part as Uint8Array).length;
    })();
    await expect.poll(() => received).toBe(50_000);
    stop.abort();
    await expect(reading).rejects.toThrowError(/abort/i);
  });

  it('changes one bit, also of a part', async () => {
    hub.fail(name, [{ kind: 'flip', atByte: 1_500 }]);
    const { received } = await receive(await fetch(file));
    expect([...received.entries()].filter(([at, byte]) => byte !== bytes[at])).toEqual([[1_500, (bytes[1_500] ?? 0) ^ 1]]);
    const part = await receive(await fetch(file, { headers: { Range: 'bytes=1000-1999' } }));
    expect(part.received[500]).toBe((bytes[1_500] ?? 0) ^ 1);
  });

  it('answers with a status, a page, or the whole where a part was asked for', async () => {
    hub.fail(name, [{ kind: 'status', status: 500, times: 2 }]);
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await fetch(file)).status);
    expect(statuses).toEqual([500, 500, 200]);
    hub.fail(name, [{ kind: 'page' }]);
    expect((await fetch(file)).headers.get('Content-Type')).toBe('text/html');
    hub.fail(name, [{ kind: 'ignore-range' }]);
    const whole = await fetch(file, { headers: { Range: 'bytes=10-' } });
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
    hub.fail(name, []);
    expect((await fetch(file, { headers: { Range: 'bytes=10-' } })).status).toBe(206);
  });

  it('gives another ETag each time, so that no part fits', async () => {
    hub.fail(name, [{ kind: 'wrong-etag' }]);
    const etag = (await fetch(file)).headers.get('ETag') ?? '';
    expect((await fetch(file, { headers: { Range: 'bytes=10-', 'If-Range': etag } })).status).toBe(200);
  });

  it('sends on to another port, where the other faults wait', async () => {
    hub.fail(name, [{ kind: 'redirect' }, { kind: 'truncate', atByte: 1_000, times: 1 }]);
    const first = await fetch(file);
    expect(first.redirected && new URL(first.url).port !== new URL(file).port).toBe(true);
    expect((await receive(first)).received.length).toBe(1_000);
    expect((await receive(await fetch(file))).received.equals(bytes)).toBe(true);
  });

  it('leaves out the headers for other origins, and misbehaves in what it says of models too', async () => {
    hub.fail('*', [{ kind: 'no-cors' }]);
    expect((await fetch(file)).headers.get('Access-Control-Allow-Origin')).toBeNull();
    hub.fail('*', [{ kind: 'status', status: 503 }]);
    expect((await fetch(`${hub.address}/api/models/${id}/revision/main`)).status).toBe(503);
  });

  it('is told what to do from another process', async () => {
    const remote = connectTestHub(hub.address);
    await remote.fail(name, [{ kind: 'status', status: 404 }]);
    expect((await fetch(file)).status).toBe(404);
    expect(await remote.requests()).toHaveLength(1);
    await remote.stop();
    await expect(fetch(file)).rejects.toThrowError('fetch failed');
  });
});
