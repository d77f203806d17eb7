import { expect, test } from 'vitest';
import golden from './fixtures-as-read.json';

type Answer = { result: unknown; asked: string[] };

const urls: Record<string, string> = import.meta.glob('./fixtures/*', { query: '?url', import: 'default', eager: true });
const worker = new Worker(new URL('./test-worker/parse-in-worker.ts', import.meta.url), { type: 'module' });

async function bytesOf(name: string): Promise<Uint8Array> {
  const url = urls[`./fixtures/${name}`];
  if (url === undefined) throw new Error(`there is no fixture ${name}`);
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

async function parseInWorker(name: string): Promise<Answer> {
  const bytes = await bytesOf(name);
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage({ name, bytes });
  });
}

test.each(Object.entries(golden))('a worker of the browser reads %s as Node does, and asks no other host', async (name, expected) => {
  const { result, asked } = await parseInWorker(name);
  expect(result).toEqual(expected);
  expect(asked.filter((url) => new URL(url).origin !== location.origin)).toEqual([]);
});
