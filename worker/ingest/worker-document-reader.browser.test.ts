import { expect, it } from 'vitest';
import type { ReadRequest } from '#core/engine/read-document.ts';
import type { DocumentId, Sha256 } from '#core/ids.ts';
import { createWorkerDocumentReader } from './worker-document-reader.ts';

const request = (): ReadRequest => ({ id: 'd' as DocumentId, path: 'a.txt', addedAt: '2025-01-01T00:00:00Z', sha256: '0' as Sha256, bytes: new ArrayBuffer(8) });
const options = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });

/** A reading worker that does as the script says; counts how many were started. */
function scripted(script: string, limits: { stallMs?: number; limitMs?: number } = {}) {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const started: Worker[] = [];
  const startWorker = (): Worker => {
    const worker = new Worker(url);
    started.push(worker);
    return worker;
  };
  return { started, reader: createWorkerDocumentReader({ startWorker, baseUrl: location.href, ...limits }) };
}

const answers = `postMessage({ kind: 'read', document: { info: { title: 'ok' }, passages: 0, segments: [] } });`;

it('ends a parser that never comes back, and reads the next file in a new worker', async () => {
  const { reader, started } = scripted(`let n = 0; onmessage = () => { for (;;) n++; };`, { stallMs: 50 });
  await expect(reader.read(request(), options())).rejects.toMatchObject({ code: 'source/timeout' });
  await expect(reader.read(request(), options())).rejects.toMatchObject({ code: 'source/timeout' });
  expect(started).toHaveLength(2);
});

it('ends one that reports progress for ever', async () => {
  const { reader } = scripted(`onmessage = () => setInterval(() => postMessage({ kind: 'progress', done: 1, total: 2 }), 5);`, { limitMs: 100 });
  await expect(reader.read(request(), options())).rejects.toMatchObject({ code: 'source/timeout' });
});

it('a crash is a corrupt source, and the next file is read', async () => {
  const { reader, started } = scripted(`onmessage = ({ data }) => { if (data.request.path === 'bad') throw new Error('crash'); ${answers} };`);
  await expect(reader.read({ ...request(), path: 'bad' }, options())).rejects.toMatchObject({ code: 'source/corrupt' });
  expect((await reader.read(request(), options())).info.title).toBe('ok');
  expect((await reader.read(request(), options())).info.title).toBe('ok');
  expect(started).toHaveLength(2);
});

it('cancelling ends the reading at once', async () => {
  const { reader } = scripted(`let n = 0; onmessage = () => { for (;;) n++; };`);
  const abort = new AbortController();
  const reading = reader.read(request(), options(abort.signal));
  abort.abort();
  await expect(reading).rejects.toMatchObject({ code: 'aborted' });
});
