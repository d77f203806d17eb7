import { cpSync, createReadStream, existsSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { Plugin } from 'vite';

const folders = ['cmaps', 'standard_fonts', 'wasm'];
const pdfjsRoot = join('node_modules', 'pdfjs-dist');

/** Puts pdf.js's character maps, standard fonts and image decoders under `/pdfjs/`, in the build and in development. */
export function pdfjsAssets(): Plugin {
  let outDir = '';
  return {
    name: 'alcove-pdfjs-assets',
    configResolved(config) {
      if (config.command === 'build') outDir = config.build.outDir;
    },
    configureServer(server) {
      server.middlewares.use('/pdfjs', (request, response, next) => {
        const path = normalize(join(pdfjsRoot, (request.url ?? '').split('?')[0] ?? ''));
        const isOurs = folders.some((folder) => path.startsWith(join(pdfjsRoot, folder)));
        if (!isOurs || !existsSync(path)) return next();
        createReadStream(path).pipe(response);
      });
    },
    closeBundle() {
      if (this.environment?.name !== 'client' || outDir === '') return;
      for (const folder of folders) cpSync(join(pdfjsRoot, folder), join(outDir, 'pdfjs', folder), { recursive: true });
    },
  };
}
