import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Server } from 'node:http';
import { AppError } from '#core/errors/app-error.ts';

const defaultPort = 8787;
const portsTried = 50;

/**
 * Starts serving on the loopback address and resolves with the port. With no port asked for it takes the first free one
 * from 8787. Errors: `invalid-input` when the port asked for is taken or not allowed.
 */
export async function listen(app: Hono, port?: number): Promise<{ port: number; servers: Server[] }> {
  if (port !== undefined) return { ...(await listenOnLoopback(app, port, `Port ${port} cannot be used`)) };
  for (let candidate = defaultPort; candidate < defaultPort + portsTried; candidate += 1) {
    try {
      return await listenOnLoopback(app, candidate, '');
    } catch (error) {
      if (!isPortTaken(error)) throw error;
    }
  }
  throw new AppError('invalid-input', `No free port from ${defaultPort} to ${defaultPort + portsTried - 1}. Set PORT.`);
}

function isPortTaken(error: unknown): boolean {
  return error instanceof AppError && error.detail?.['reason'] === 'EADDRINUSE';
}

/** `localhost` may mean 127.0.0.1 or ::1, so both are served where the machine has both. */
async function listenOnLoopback(app: Hono, port: number, complaint: string) {
  const first = await listenOn(app, port, '127.0.0.1', complaint);
  const address = first.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  const second = await listenOn(app, actualPort, '::1', complaint).catch(() => undefined);
  return { port: actualPort, servers: second ? [first, second] : [first] };
}

function listenOn(app: Hono, port: number, hostname: string, complaint: string): Promise<Server> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      reject(new AppError('invalid-input', `${complaint}: ${reason}.`, { cause: error, detail: { reason } }));
    });
    server.listen(port, hostname, () => resolve(server));
  });
}
