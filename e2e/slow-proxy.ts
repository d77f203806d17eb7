import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

export type SlowProxy = { address: string; setBytesPerSecond: (rate: number) => void; stop: () => Promise<void> };

const tickMs = 50;

/** Stands before a server and hands on what matches `slow` no faster than it is told, as a line of that speed would. */
export async function startSlowProxy(target: string, slow: RegExp): Promise<SlowProxy> {
  let bytesPerSecond = Infinity;
  const server = createServer((asked, answer) => pass(asked, answer));

  function pass(asked: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(asked.url ?? '/', target);
    const { address, port } = server.address() as AddressInfo;
    const headers = { ...asked.headers, host: asked.headers.host ?? `${address}:${port}` };
    const onward = request(url, { method: asked.method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      if (slow.test(url.pathname)) got.pipe(throttle(() => bytesPerSecond)).pipe(answer);
      else got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    setBytesPerSecond: (rate) => void (bytesPerSecond = rate),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function throttle(rate: () => number): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      const waitMs = Number.isFinite(rate()) ? Math.max(tickMs, (chunk.length / rate()) * 1000) : 0;
      if (waitMs === 0) done(null, chunk);
      else setTimeout(() => done(null, chunk), waitMs);
    },
  });
}
