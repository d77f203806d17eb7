import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { defaultHub, securityHeaders } from './http/security-headers.ts';

const script = 'export const answer = 42;'.repeat(100);
let root = '';
let app: Hono;

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return app.request(`http://localhost${path}`, { method, headers: { Host: 'localhost:8787', ...headers } });
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'alcove-page-'));
  mkdirSync(join(root, 'assets'));
  mkdirSync(join(root, 'models', 'alcove'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Alcove</title>');
  writeFileSync(join(root, 'assets', 'main-12345678.js'), script);
  writeFileSync(join(root, 'assets', 'main-12345678.js.br'), brotliCompressSync(script));
  writeFileSync(join(root, 'assets', 'worker.mjs'), '');
  writeFileSync(join(root, 'assets', 'kernel.wasm'), '');
  writeFileSync(join(root, 'sw.js'), '// the worker');
  mkdirSync(join(root, 'ort', '1.2.3'), { recursive: true });
  writeFileSync(join(root, 'ort', '1.2.3', 'ort.mjs'), '');
  writeFileSync(join(root, 'models', 'alcove', 'LICENSE'), 'Apache');
  app = createApp({ pageRoot: root, log: () => {} });
});

afterAll(() => rmSync(root, { recursive: true }));

describe('the server of the page', () => {
  it.each(['/', '/c/contracts', '/c/contracts/s/lease', '/chat/1', '/models', '/bench', '/settings', '/team', '/join'])(
    'answers %s with the page',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain('<title>Alcove</title>');
    },
  );

  it.each(['/nothing', '/assets/gone.js', '/models/alcove/gone.bin', '/c', '/../package.json', '/%2e%2e/package.json'])(
    'answers %s with a real 404',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it.each(['/nothing', '/c', '/settings/none'])('shows a person at %s the page, which says that there is nothing, as a 404', async (path) => {
    const etag = (await get('/')).headers.get('ETag') ?? '';
    const response = await get(path, { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Sec-Fetch-Mode': 'navigate', 'If-None-Match': etag });
    expect(response.status).toBe(404);
    expect(response.headers.get('ETag')).toBeNull();
    expect(await response.text()).toContain('<title>Alcove</title>');
  });

  it('answers a program or a script that looks for a file in plain words', async () => {
    for (const headers of [{}, { Accept: '*/*' }, { Accept: 'text/html', 'Sec-Fetch-Mode': 'cors' }]) {
      const response = await get('/nothing', headers as Record<string, string>);
      expect(response.status).toBe(404);
      expect(response.headers.get('Content-Type')).toContain('text/plain');
    }
    const file = await get('/assets/gone.js', { Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate' });
    expect(file.headers.get('Content-Type')).toContain('text/plain');
  });

  it.each(['/', '/nothing', '/assets/main-12345678.js', '/health', '/models/manifest.json', '/models/a/b/resolve/main/c', '/mlc/1/a.wasm'])(
    'sends every security header with %s',
    async (path) => {
      const response = await get(path);
      const headers = Object.entries(securityHeaders(defaultHub));
      expect(headers).toHaveLength(7);
      for (const [name, value] of headers) expect(response.headers.get(name)).toBe(value);
    },
  );

  it('lets the page ask no other origin than the hub, and none at all where the hub is off', async () => {
    const connectSources = async (hub?: Parameters<typeof securityHeaders>[0]) => {
      const response = await createApp({ pageRoot: root, log: () => {}, ...(hub !== undefined && { hub }) }).request('http://localhost/', { headers: { Host: 'localhost' } });
      return /connect-src ([^;]*);/.exec(response.headers.get('Content-Security-Policy') ?? '')?.[1];
    };
    expect(await connectSources()).toBe("'self' https://huggingface.co https://*.hf.co");
    expect(await connectSources({ origin: 'https://hub.example', stores: [] })).toBe("'self' https://hub.example");
    expect(await connectSources(null)).toBe("'self'");
  });

  it.each([
    ['/assets/main-12345678.js', 'text/javascript; charset=utf-8'],
    ['/assets/worker.mjs', 'text/javascript; charset=utf-8'],
    ['/assets/kernel.wasm', 'application/wasm'],
    ['/models/alcove/LICENSE', 'text/plain; charset=utf-8'],
  ])('sends %s as %s', async (path, type) => {
    expect((await get(path)).headers.get('Content-Type')).toBe(type);
  });

  it('gives the service worker another content with each policy that is not the usual one, so that browsers notice', async () => {
    const workerUnder = async (hub?: Parameters<typeof securityHeaders>[0]) => {
      const other = createApp({ pageRoot: root, log: () => {}, ...(hub !== undefined && { hub }) });
      return (await other.request('http://localhost/sw.js', { headers: { Host: 'localhost' } })).text();
    };
    const [usual, off, own] = [await workerUnder(), await workerUnder(null), await workerUnder({ origin: 'https://hub.example', stores: [] })];
    expect(usual).toBe('// the worker');
    expect(off).toMatch(/^self\.ALCOVE_POLICY="[0-9a-f]{8}";\n\/\/ the worker$/);
    expect(new Set([usual, off, own]).size).toBe(3);
  });

  it('sends the compressed form where it is accepted, and the same bytes where not', async () => {
    const compressed = await get('/assets/main-12345678.js', { 'Accept-Encoding': 'gzip, br' });
    expect(compressed.headers.get('Content-Encoding')).toBe('br');
    expect(brotliDecompressSync(Buffer.from(await compressed.arrayBuffer())).toString()).toBe(script);
    const refused = await get('/assets/main-12345678.js', { 'Accept-Encoding': 'br;q=0, identity' });
    expect(refused.headers.get('Content-Encoding')).toBeNull();
    expect(await refused.text()).toBe(script);
  });

  it('never lists the compressed form as a file of its own', async () => {
    expect((await get('/assets/main-12345678.js.br')).status).toBe(404);
  });

  it('lets hashed and versioned files be kept and asks anew for all others', async () => {
    for (const path of ['/assets/main-12345678.js', '/ort/1.2.3/ort.mjs']) expect((await get(path)).headers.get('Cache-Control')).toContain('immutable');
    const page = await get('/');
    expect(page.headers.get('Cache-Control')).toBe('no-cache');
    const again = await get('/', { 'If-None-Match': page.headers.get('ETag') ?? '' });
    expect(again.status).toBe(304);
    expect((await get('/settings', { 'If-None-Match': page.headers.get('ETag') ?? '' })).status).toBe(304);
  });

  it('answers HEAD without a body', async () => {
    const response = await get('/', {}, 'HEAD');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('refuses a request made through another host name', async () => {
    expect((await get('/', { Host: 'evil.example' })).status).toBe(421);
  });

  it('refuses to change anything', async () => {
    expect((await get('/', {}, 'POST')).status).toBe(404);
  });
});
