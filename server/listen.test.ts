import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import type { Server } from 'node:http';
import { listen } from './listen.ts';

const open: Server[] = [];

async function start(port?: number) {
  const app = new Hono().get('/', (context) => context.text('here'));
  const started = await listen(app, port);
  open.push(...started.servers);
  return started.port;
}

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

describe('listening', () => {
  it('serves on both loopback addresses of the port it reports', async () => {
    const port = await start(0);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
    expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here');
  });

  it('takes the next free port when none is asked for', async () => {
    const first = await start();
    const second = await start();
    expect(first).toBeGreaterThanOrEqual(8787);
    expect(second).toBeGreaterThan(first);
  });

  it('says so when the port asked for is taken', async () => {
    const port = await start(0);
    await expect(start(port)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(String(port)) });
  });
});
