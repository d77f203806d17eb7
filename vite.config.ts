import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { compressAssets } from './scripts/build/compress-assets.ts';
import { engineChunkNames } from './scripts/build/engine-chunks.ts';
import { externOrtConditions, ortAssets } from './scripts/build/ort-assets.ts';
import { pdfjsAssets } from './scripts/build/pdfjs-assets.ts';
import { runtimeVersionDefines } from './scripts/build/runtime-versions.ts';
import { serviceWorker } from './scripts/build/service-worker.ts';
import { isolationHeaders } from './server/http/security-headers.ts';

export default defineConfig({
  plugins: [preact(), pdfjsAssets(), ortAssets(), serviceWorker(), compressAssets()],
  // The dev server injects inline styles and an eval-free but socket-driven client, so only isolation is kept there.
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  define: runtimeVersionDefines,
  resolve: { conditions: externOrtConditions },
  worker: { format: 'es', rolldownOptions: { output: engineChunkNames } },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined assets would be data: URLs, which the content security policy refuses for scripts and workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 1_500,
  },
});
