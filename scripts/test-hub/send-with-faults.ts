import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type ByteRange, readByteRange } from '../../server/models/byte-range.ts';
import type { ServedFile } from '../../server/models/model-folder.ts';
import { type Fault, faultOf } from './fault.ts';

const chunkBytes = 16 * 1024;
let answers = 0;

/** Answers with a file, spoilt as the faults say. */
export async function sendWithFaults(request: IncomingMessage, response: ServerResponse, served: ServedFile, faults: readonly Fault[]): Promise<void> {
  if (sendOther(response, faults)) return;
  answers += 1;
  const etag = faultOf(faults, 'wrong-etag') ? `"wrong-${answers}"` : `"${await served.sha256()}"`;
  const { bytes } = served.file;
  const isWhole = faultOf(faults, 'ignore-range') !== undefined || ![undefined, etag].includes(request.headers['if-range'] as string | undefined);
  const range = isWhole ? 'whole' : readByteRange(request.headers.range, bytes);
  response.setHeader('ETag', etag);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Content-Type', 'application/octet-stream');
  if (range === 'unsatisfiable') return void response.writeHead(416, { 'Content-Range': `bytes */${bytes}` }).end();
  const part = range === 'whole' ? { first: 0, last: bytes - 1 } : range;
  response.setHeader('Content-Length', part.last - part.first + 1);
  if (range !== 'whole') response.setHeader('Content-Range', `bytes ${part.first}-${part.last}/${bytes}`);
  response.statusCode = range === 'whole' ? 200 : 206;
  if (request.method === 'HEAD') return void response.end();
  await sendPart(response, served, part, faults);
}

/** Answers with something else than was asked for, where a fault says so. */
export function sendOther(response: ServerResponse, faults: readonly Fault[]): boolean {
  const status = faultOf(faults, 'status')?.status;
  if (status !== undefined) response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`status ${status}`);
  else if (faultOf(faults, 'page')) response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>A page</title>');
  return response.writableEnded;
}

async function sendPart(response: ServerResponse, { file }: ServedFile, { first, last }: ByteRange, faults: readonly Fault[]): Promise<void> {
  const flipped = faultOf(faults, 'flip')?.atByte;
  const slow = faultOf(faults, 'slow');
  const end = [faultOf(faults, 'truncate'), faultOf(faults, 'stall')].find((fault) => fault && fault.atByte >= first && fault.atByte <= last);
  const until = end ? end.atByte : last + 1;
  response.flushHeaders();
  const handle = await open(file.realPath);
  try {
    for (let position = first; position < until && !response.destroyed; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(chunkBytes, until - position)), 0, null, position);
      if (bytesRead === 0) throw new Error(`${file.realPath} ended early`);
      const at = (flipped ?? -1) - position;
      if (at >= 0 && at < bytesRead) buffer[at] = (buffer[at] ?? 0) ^ 1;
      position += bytesRead;
      await write(response, buffer.subarray(0, bytesRead));
      if (slow) await pause((bytesRead / slow.bytesPerSecond) * 1_000);
    }
  } finally {
    await handle.close();
  }
  if (!end) return void response.end();
  if (end.kind === 'truncate') await closeAbruptly(response);
}

/** Resolves when the connection has taken it or is gone. */
function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((done) => void response.write(bytes, () => done()));
}

/** What was written must be on its way before the connection goes, or the receiver would see less than was meant. */
async function closeAbruptly(response: ServerResponse): Promise<void> {
  await pause(20);
  response.destroy();
}
