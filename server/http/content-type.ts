import { extname } from 'node:path';

const types: Record<string, string> = {
  '.bcmap': 'application/octet-stream',
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

/** Media type of a file of the build by its name; licences and other files without an extension are plain text. */
export function contentType(path: string): string {
  const extension = extname(path).toLowerCase();
  if (extension === '') return 'text/plain; charset=utf-8';
  return types[extension] ?? 'application/octet-stream';
}
