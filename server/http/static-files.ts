import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Context, Handler } from 'hono';
import { contentType } from './content-type.ts';

type StaticFile = { path: string; bytes: number; etag: string; encodings: Map<string, { path: string; bytes: number }> };

const encodings: [name: string, extension: string][] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/**
 * Serves a folder as it stood when this was called. Only names found then are served, so no path of a request is ever
 * joined to the file system; a name that is not there falls through to the next handler.
 */
export function staticFiles(root: string): Handler {
  const files = listFiles(root);
  return async (context, next) => {
    const file = files.get(context.req.path);
    if (file === undefined) return next();
    return respond(context, file);
  };
}

function respond(context: Context, file: StaticFile): Response {
  context.header('ETag', file.etag);
  context.header('Vary', 'Accept-Encoding');
  context.header('Cache-Control', cacheControl(context.req.path));
  context.header('Content-Type', contentType(file.path));
  if (context.req.header('If-None-Match') === file.etag) return context.body(null, 304);
  const encoded = chooseEncoding(context.req.header('Accept-Encoding') ?? '', file);
  const chosen = encoded?.file ?? file;
  if (encoded) context.header('Content-Encoding', encoded.name);
  context.header('Content-Length', String(chosen.bytes));
  if (context.req.method === 'HEAD') return context.body(null);
  return context.body(Readable.toWeb(createReadStream(chosen.path)) as ReadableStream);
}

function chooseEncoding(accepted: string, file: StaticFile) {
  const names = accepted.split(',').map((entry) => entry.trim()).filter((entry) => !/;\s*q=0(?:\.0*)?$/.test(entry));
  for (const [name] of encodings) {
    const encodedFile = file.encodings.get(name);
    if (encodedFile && names.some((entry) => entry.split(';')[0] === name)) return { name, file: encodedFile };
  }
  return undefined;
}

/** Names under `/assets/` carry a hash of their content, those under `/ort/` a version; everything else is asked for anew with its ETag. */
function cacheControl(path: string): string {
  return /^\/(?:assets|ort)\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function listFiles(root: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || encodings.some(([, extension]) => entry.name.endsWith(extension))) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${path.slice(root.length + 1).replaceAll('\\', '/')}`;
    files.set(url, describeFile(path));
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

function describeFile(path: string): StaticFile {
  const etag = `"${createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 22)}"`;
  const found = new Map<string, { path: string; bytes: number }>();
  for (const [name, extension] of encodings) {
    const encodedPath = `${path}${extension}`;
    if (existsSync(encodedPath)) found.set(name, { path: encodedPath, bytes: statSync(encodedPath).size });
  }
  return { path, bytes: statSync(path).size, etag, encodings: found };
}
