import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'vite';

const notPrecached = /\.(?:map|br|gz)$|^(?:sw\.js|sw\.bundle\.js|golden\.json|SHA256SUMS|build\.json)$/;
/** Kept when first used (`src/sw/on-demand.ts`). */
const onDemand = /^\/(?:ort|assets\/engines)\//;
const hashedName = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/**
 * Bundles `src/sw/main.ts` to `/sw.js` with the list of all files of the build that the app works offline with, and of
 * those that only models need.
 */
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

/** Puts the lists of files in place of their markers, each of which stands exactly once in the bundle. */
function inject(outDir: string): void {
  const bundled = join(outDir, 'sw.bundle.js');
  const files = listFiles(outDir);
  const precached = files.filter(({ url }) => !onDemand.test(url));
  const lists = {
    'self.__WB_MANIFEST': precached.map(({ url, revision }) => ({ url, revision })),
    'self.__ON_DEMAND': files.filter(({ url }) => onDemand.test(url)).map(({ url }) => url),
  };
  let script = readFileSync(bundled, 'utf8');
  for (const [marker, list] of Object.entries(lists)) {
    const parts = script.split(marker);
    if (parts.length !== 2) throw new Error(`The service worker names ${marker} ${parts.length - 1} times.`);
    script = parts.join(JSON.stringify(list));
  }
  writeFileSync(join(outDir, 'sw.js'), script);
  rmSync(bundled);
  const megabytes = precached.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  console.log(`service worker: ${precached.length} files, ${megabytes.toFixed(1)} MB for offline use`);
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
