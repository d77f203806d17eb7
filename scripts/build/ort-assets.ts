import { cpSync, createReadStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultClientConditions, type Connect, type Plugin } from 'vite';
import { contentType } from '../../server/http/content-type.ts';
import { isolationHeaders } from '../../server/http/security-headers.ts';
import { ortVersion } from './runtime-versions.ts';

const dist = join('node_modules', 'onnxruntime-web', 'dist');
const files = ['', '.asyncify', '.jspi'].flatMap((build) => [`ort-wasm-simd-threaded${build}.mjs`, `ort-wasm-simd-threaded${build}.wasm`]);

/**
 * Resolve conditions under which onnxruntime-web names no file of its own, so that a bundler copies none of its 27 MB:
 * whoever uses it must say where the files are (`env.backends.onnx.wasm.wasmPaths`).
 */
export const externOrtConditions = ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions];

/**
 * Puts ONNX Runtime's builds (plain, asyncify, jspi) under `/ort/<version>/`, in the build, in development and in tests in
 * a browser. What starts it in a worker of its own, under the page's content security policy, is: `wasmPaths` with the
 * absolute addresses of one build's `.mjs` and `.wasm`; `useWasmCache = false`, for the library's cache would import the
 * `.mjs` from a `blob:`; and `allowOwnScripts(self)` before the first session, for its threads are workers made from the
 * address of the `.mjs`.
 */
export function ortAssets(): Plugin {
  let outDir = '';
  return {
    name: 'alcove-ort-assets',
    configResolved(config) {
      if (config.command === 'build') outDir = config.build.outDir;
    },
    configureServer(server) {
      server.middlewares.use(`/ort/${ortVersion}`, serveFile);
    },
    closeBundle() {
      if (this.environment?.name !== 'client' || outDir === '') return;
      const target = join(outDir, 'ort', ortVersion);
      mkdirSync(target, { recursive: true });
      for (const file of files) cpSync(join(dist, file), join(target, file));
      // The package comes without the text that its licence wants to go with every copy.
      cpSync(join(import.meta.dirname, 'onnxruntime-licence.txt'), join(target, 'LICENSE'));
    },
  };
}

const serveFile: Connect.NextHandleFunction = (request, response) => {
  const name = (request.url ?? '').split('?')[0]?.slice(1) ?? '';
  for (const [header, value] of Object.entries(isolationHeaders)) response.setHeader(header, value);
  if (!files.includes(name)) return void response.writeHead(404).end();
  response.setHeader('Content-Type', contentType(name));
  createReadStream(join(dist, name)).pipe(response);
};
