import { resolve } from 'node:path';
import { createServer } from 'vite';
import type { AlcoveServer } from '../alcove-server.ts';

/**
 * Serves the page of the sources over its scripted engine, for states that a real one reaches only with large models or by
 * misfortune. The address asks for that engine.
 */
export async function startFakeServer(): Promise<AlcoveServer> {
  const server = await createServer({
    root: resolve(import.meta.dirname, '..', '..'),
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? '';
  return { address: `${address}?fake`, stop: () => server.close() };
}
