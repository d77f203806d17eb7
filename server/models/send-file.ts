import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { ReadableStream as WebStream } from 'node:stream/web';
import type { Context } from 'hono';
import { type ByteRange, readByteRange } from './byte-range.ts';
import type { FoundFile } from './file-hashes.ts';
import type { ServedFile } from './model-folder.ts';

const chunkBytes = 256 * 1024;

/** Nothing here is a page or a script of ours: whatever a model's folder holds is sent as data. */
const types: Record<string, string> = {
  '': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * Answers with a file or the part of it that is asked for (RFC 9110, 14), never compressed, so that parts fit together.
 * `undefined`: it is not any more what was found, and nothing was sent.
 */
export async function sendFile(context: Context, served: ServedFile): Promise<Response | undefined> {
  const etag = `"${await served.sha256()}"`;
  const { bytes } = served.file;
  const handle = await openUnchanged(served.file);
  if (!handle) return undefined;
  await handle.close();
  const isHeeded = [undefined, etag].includes(context.req.header('If-Range'));
  const range = isHeeded ? readByteRange(context.req.header('Range'), bytes) : 'whole';
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': served.isFixed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Type': types[extname(served.path).toLowerCase()] ?? 'application/octet-stream',
    ETag: etag,
  });
  if (context.req.header('If-None-Match') === etag) return new Response(null, { status: 304, headers });
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${bytes}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range === 'whole' ? { first: 0, last: bytes - 1 } : range;
  headers.set('Content-Length', String(part.last - part.first + 1));
  if (range !== 'whole') headers.set('Content-Range', `bytes ${part.first}-${part.last}/${bytes}`);
  const hasBody = context.req.method !== 'HEAD' && bytes > 0;
  return new Response(hasBody ? (WebStream.from(readPart(served.file, part)) as ReadableStream) : null, { status: range === 'whole' ? 200 : 206, headers });
}

/** Opens the file when the first bytes are pulled and closes it at the end or when nobody wants more. */
async function* readPart(file: FoundFile, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
  const handle = await openUnchanged(file);
  try {
    for (let position = first; position <= last; ) {
      const wanted = Math.min(chunkBytes, last + 1 - position);
      const { bytesRead = 0, buffer = new Uint8Array() } = (await handle?.read(new Uint8Array(wanted), 0, wanted, position)) ?? {};
      if (bytesRead === 0) throw new Error(`${file.realPath} has changed while it was sent`);
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle?.close();
  }
}

/** A file that was exchanged since it was found, or has become a link, must not go out under the old one's name. */
async function openUnchanged(file: FoundFile): Promise<FileHandle | undefined> {
  const handle = await open(file.realPath, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (!handle) return undefined;
  const stats = await handle.stat();
  if (stats.isFile() && stats.size === file.bytes && stats.mtimeMs === file.changedMs) return handle;
  await handle.close();
  return undefined;
}
