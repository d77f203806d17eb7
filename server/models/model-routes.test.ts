import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkServedModels } from '#core/models/check-model-manifest.ts';
import type { ServedModels } from '#core/models/served-model.ts';
import { createApp } from '../app.ts';
import { listen } from '../listen.ts';
import { openModelFolder } from './model-folder.ts';

const fixtures = resolve(import.meta.dirname, '..', '..', 'fixtures', 'models');
const file = '/models/alcove-test/tiny-bert/resolve/main/onnx/model.onnx';
const large = Buffer.alloc(4_000_000, 'weights ');
/** More than the buffers of a connection hold. */
const hugeBytes = 64_000_000;
let root = '';
let models = '';
let app: Hono;
let servers: Server[] = [];
let port = 0;
let bytes: Buffer;
let revision = '';

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return app.request(`http://localhost${path}`, { method, headers: { Host: 'localhost', ...headers } });
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'alcove-served-'));
  models = join(root, 'models');
  mkdirSync(join(root, 'page', 'models', 'alcove', 'static-en-v1'), { recursive: true });
  writeFileSync(join(root, 'page', 'index.html'), '<!doctype html><title>Alcove</title>');
  writeFileSync(join(root, 'page', 'models', 'alcove', 'static-en-v1', 'vectors.bin'), 'bundled');
  cpSync(fixtures, models, { recursive: true });
  mkdirSync(join(models, 'org', 'odd'), { recursive: true });
  writeFileSync(join(models, 'org', 'odd', 'page.html'), '<script>1</script>');
  writeFileSync(join(models, 'org', 'odd', 'empty'), '');
  writeFileSync(join(models, 'org', 'odd', 'a name (1).bin'), 'odd');
  writeFileSync(join(models, 'org', 'odd', 'large.bin'), large);
  writeFileSync(join(models, 'org', 'odd', 'huge.bin'), '');
  truncateSync(join(models, 'org', 'odd', 'huge.bin'), hugeBytes);
  mkdirSync(join(models, 'mlc', '0.2.86'), { recursive: true });
  writeFileSync(join(models, 'mlc', '0.2.86', 'lib.wasm'), 'library');
  bytes = readFileSync(join(fixtures, 'alcove-test', 'tiny-bert', 'onnx', 'model.onnx'));
  app = createApp({ pageRoot: join(root, 'page'), models: await openModelFolder(models, { log: () => {} }), log: () => {} });
  ({ port, servers } = await listen(app, 0));
  const { models: offered } = (await (await get('/models/manifest.json')).json()) as ServedModels;
  revision = offered.find(({ id }) => id === 'alcove-test/tiny-bert')?.commit ?? '';
});

afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  rmSync(root, { recursive: true });
});

describe('the list of models of a server', () => {
  it('is what the page accepts, names the hub, and is asked for anew with its ETag', async () => {
    const response = await get('/models/manifest.json');
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    const list = checkServedModels(await response.json());
    expect(list.hub).toBe('https://huggingface.co');
    expect(list.models.map(({ id }) => id)).toContain('alcove-test/tiny-random-llama');
    expect((await get('/models/manifest.json', { 'If-None-Match': response.headers.get('ETag') ?? '' })).status).toBe(304);
  });

  it('is empty where the server has no models, and without a hub where that is off', async () => {
    const bare = createApp({ pageRoot: join(root, 'page'), hub: null, log: () => {} });
    const response = await bare.request('http://localhost/models/manifest.json', { headers: { Host: 'localhost' } });
    expect(await response.json()).toEqual({ hub: null, models: [] });
    expect((await bare.request(`http://localhost${file}`, { headers: { Host: 'localhost' } })).status).toBe(404);
  });
});

describe('a file of a model', () => {
  it('comes whole, with its SHA-256 as ETag, under main for now and under the revision for ever', async () => {
    for (const [path, cache] of [[file, 'no-cache'], [file.replace('main', revision), 'public, max-age=31536000, immutable']] as const) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('ETag')).toBe(`"${sha256(bytes)}"`);
      expect(response.headers.get('Cache-Control')).toBe(cache);
      expect(response.headers.get('Content-Length')).toBe(String(bytes.length));
      expect(response.headers.get('Accept-Ranges')).toBe('bytes');
      expect(response.headers.get('Content-Encoding')).toBeNull();
      expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
      expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(bytes));
    }
  });

  it('comes in parts that join to the whole, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length - 1 }), async (cut) => {
        const head = await get(file, { Range: `bytes=0-${cut - 1}` });
        const rest = await get(file, { Range: `bytes=${cut}-`, 'If-Range': head.headers.get('ETag') ?? '' });
        expect([head.status, rest.status]).toEqual([206, 206]);
        expect(rest.headers.get('Content-Range')).toBe(`bytes ${cut}-${bytes.length - 1}/${bytes.length}`);
        const joined = Buffer.concat([Buffer.from(await head.arrayBuffer()), Buffer.from(await rest.arrayBuffer())]);
        expect(joined.equals(bytes)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('comes whole when the part that is asked for is of another version', async () => {
    const response = await get(file, { Range: 'bytes=5-', 'If-Range': '"another"' });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(bytes.length);
  });

  it('is refused beyond its end, with its size', async () => {
    const response = await get(file, { Range: `bytes=${bytes.length}-` });
    expect(response.status).toBe(416);
    expect(response.headers.get('Content-Range')).toBe(`bytes */${bytes.length}`);
  });

  it('is not sent again to who has it, nor for HEAD', async () => {
    expect((await get(file, { 'If-None-Match': `"${sha256(bytes)}"` })).status).toBe(304);
    const head = await get(file, {}, 'HEAD');
    expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([200, String(bytes.length), '']);
  });

  it.each([
    ['/models/alcove-test/tiny-bert/resolve/main/onnx/model.onnx', 'application/octet-stream'],
    ['/models/alcove-test/tiny-bert/resolve/main/config.json', 'application/json; charset=utf-8'],
    ['/models/alcove-test/tiny-bert/resolve/main/LICENSE', 'text/plain; charset=utf-8'],
    ['/models/org/odd/resolve/main/page.html', 'application/octet-stream'],
    ['/models/org/odd/resolve/main/a%20name%20(1).bin', 'application/octet-stream'],
    ['/models/org/odd/resolve/main/empty', 'text/plain; charset=utf-8'],
    ['/mlc/0.2.86/lib.wasm', 'application/wasm'],
  ])('%s is sent as %s', async (path, type) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(type);
  });

  it.each([
    '/models/alcove-test/tiny-bert/resolve/main/gone.json',
    '/models/alcove-test/tiny-bert/resolve/0000000000000000000000000000000000000000/config.json',
    '/models/alcove-test/gone/resolve/main/config.json',
    '/models/alcove-test/tiny-bert/resolve/main/..%2f..%2f..%2fpage%2findex.html',
    '/models/alcove-test/tiny-bert/resolve/main/%2e%2e/config.json',
    '/models/alcove-test/tiny-bert/resolve/main/%ff',
    '/models/alcove-test/tiny-bert/resolve/main/',
    '/mlc/0.2.86/gone.wasm',
    '/mlc/../models/alcove-test/tiny-bert/config.json',
  ])('%s is a 404 in plain text, also for a person', async (path) => {
    const response = await get(path, { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate' });
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('<');
  });

  it('leaves the model that is bundled with the page where it was', async () => {
    expect(await (await get('/models/alcove/static-en-v1/vectors.bin')).text()).toBe('bundled');
    expect((await get('/models')).headers.get('Content-Type')).toContain('text/html');
  });

  it('is not sent under the old revision once it was exchanged, and is under the new one', async () => {
    const description = join(models, 'org', 'swap');
    mkdirSync(description, { recursive: true });
    writeFileSync(join(description, 'config.json'), '{"a":1}');
    const fresh = createApp({ pageRoot: join(root, 'page'), models: await openModelFolder(models, { log: () => {} }), log: () => {} });
    const read = (path: string) => fresh.request(`http://localhost${path}`, { headers: { Host: 'localhost' } });
    const commitOf = async () => ((await (await read('/models/manifest.json')).json()) as ServedModels).models.find(({ id }) => id === 'org/swap')?.commit;
    const before = `/models/org/swap/resolve/${await commitOf()}/config.json`;
    expect((await read(before)).status).toBe(200);
    writeFileSync(join(description, 'config.json'), '{"a":12}');
    expect((await read(before)).status).toBe(404);
    expect(await (await read(`/models/org/swap/resolve/${await commitOf()}/config.json`)).text()).toBe('{"a":12}');
  });
});

describe('a file of a model over a connection', () => {
  it('goes on where it broke off', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/models/org/odd/resolve/main/large.bin`, { headers: { Range: 'bytes=1000000-' } });
    expect(response.status).toBe(206);
    expect(Buffer.from(await response.arrayBuffer()).equals(large.subarray(1_000_000))).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('is closed when whoever asked goes away', async () => {
    const openFiles = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).endsWith('huge.bin');
        } catch {
          return false;
        }
      }).length;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /models/org/odd/resolve/main/huge.bin HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((done) => socket.once('data', done));
    socket.pause();
    // The folder's own reading, for the hash, is over when an answer comes.
    await expect.poll(openFiles, { timeout: 5_000 }).toBe(1);
    socket.destroy();
    await expect.poll(openFiles, { timeout: 5_000 }).toBe(0);
  });
});
