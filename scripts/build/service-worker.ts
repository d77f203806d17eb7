import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { injectManifest } from 'workbox-build';

const largestPrecachedBytes = 8 * 1024 * 1024;

/** Bundles `src/sw/main.ts` to `/sw.js` with the list of all files of the build, so that the app works offline whole. */
export function serviceWorker(): Plugin {
  let outDir = '';
  return {
    name: 'alcove-service-worker',
    apply: 'build',
    // After every other plugin has put its files in place.
    enforce: 'post',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        if (outDir === '') return;
        await bundle(outDir);
        await inject(outDir);
      },
    },
  };
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      lib: { entry: 'src/sw/main.ts', formats: ['es'], fileName: () => 'sw.bundle.js' },
    },
  });
}

async function inject(outDir: string): Promise<void> {
  const bundled = join(outDir, 'sw.bundle.js');
  const { count, size, warnings } = await injectManifest({
    swSrc: bundled,
    swDest: join(outDir, 'sw.js'),
    globDirectory: outDir,
    globPatterns: ['**/*'],
    globIgnores: ['**/*.map', '**/*.br', '**/*.gz', 'sw.js', 'sw.bundle.js', '**/golden.json', '**/SHA256SUMS', 'build.json'],
    // Vite's names carry a content hash, so the browser's own cache may serve them.
    dontCacheBustURLsMatching: /^assets\/.*-[\w-]{8}\./,
    maximumFileSizeToCacheInBytes: largestPrecachedBytes,
  });
  rmSync(bundled);
  for (const warning of warnings) throw new Error(`service worker: ${warning}`);
  console.log(`service worker: ${count} files, ${(size / 1e6).toFixed(1)} MB for offline use`);
}
