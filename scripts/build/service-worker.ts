import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'vite';

const notPrecached = /\.(?:map|br|gz)$|^(?:sw\.js|sw\.bundle\.js|golden\.json|SHA256SUMS|build\.json)$/;
const hashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/;

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
        inject(outDir);
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

/** Puts the list of files in place of workbox's marker, which stands exactly once in the bundle. */
function inject(outDir: string): void {
  const bundled = join(outDir, 'sw.bundle.js');
  const parts = readFileSync(bundled, 'utf8').split('self.__WB_MANIFEST');
  if (parts.length !== 2) throw new Error(`The service worker names its list of files ${parts.length - 1} times.`);
  const entries = listFiles(outDir);
  writeFileSync(join(outDir, 'sw.js'), parts.join(JSON.stringify(entries.map(({ url, revision }) => ({ url, revision })))));
  rmSync(bundled);
  const megabytes = entries.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  console.log(`service worker: ${entries.length} files, ${megabytes.toFixed(1)} MB for offline use`);
}

/** Every file of the build that the page may ask for. A name with a content hash is its own revision. */
function listFiles(outDir: string): { url: string; revision: string | null; bytes: number }[] {
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !notPrecached.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = readFileSync(path);
      const url = `/${relative(outDir, path).replaceAll('\\', '/')}`;
      const revision = hashedName.test(url) ? null : createHash('sha256').update(content).digest('hex').slice(0, 16);
      return { url, revision, bytes: content.length };
    })
    .toSorted((a, b) => (a.url < b.url ? -1 : 1));
}
