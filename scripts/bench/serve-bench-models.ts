import { createReadStream, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const shared = resolve(process.env['ALCOVE_SHARED'] ?? '../shared', 'models');
const address = /^\/models\/([\w.-]+\/[\w.-]+)\/resolve\/main\/((?:[\w-]+\/)?[\w.-]+)(?:\?.*)?$/;

/** Serves real models, where they are at hand, to the page of the benchmarks, at the addresses a server of ours has them at. */
export function benchModels(): Plugin {
  return {
    name: 'alcove-bench-models',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith('/models/') || request.url.startsWith('/models/alcove/')) return next();
        const [, id = '', path = ''] = address.exec(request.url) ?? [];
        const file = join(shared, id, path);
        if (id === '' || file.includes('..') || !existsSync(file)) {
          response.statusCode = 404;
          response.end();
          return;
        }
        response.setHeader('Content-Length', statSync(file).size);
        createReadStream(file).pipe(response);
      });
    },
  };
}
