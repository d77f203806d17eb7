import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = /\.(?:js|mjs|css|html|json|svg|txt|wasm|bin|webmanifest|md|csv)$/;
const cacheFolder = join('node_modules', '.cache', 'alcove-compressed');
const smallestBytes = 1_024;
const worthwhileRatio = 0.95;

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function compress(path: string): void {
  const bytes = readFileSync(path);
  const isLarge = bytes.length > 1_000_000;
  // Brotli's highest level takes seconds a megabyte on the model's tables and gains almost nothing on them.
  const brotli = () => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: isLarge ? 5 : 10 } });
  const gzip = () => gzipSync(bytes, { level: 9 });
  for (const [extension, make] of [['br', brotli], ['gz', gzip]] as const) {
    const compressed = isLarge ? madeBefore(bytes, extension, make) : make();
    if (compressed.length < bytes.length * worthwhileRatio) writeFileSync(`${path}.${extension}`, compressed);
  }
}

/** The large files are those of libraries, which seldom change: compressing them again would take most of a build. */
function madeBefore(bytes: Buffer, extension: string, make: () => Buffer): Buffer {
  const path = join(cacheFolder, `${createHash('sha256').update(bytes).digest('hex')}.${extension}`);
  if (existsSync(path)) return readFileSync(path);
  const compressed = make();
  mkdirSync(cacheFolder, { recursive: true });
  // Another build may be reading it: it must never see a part of it.
  writeFileSync(`${path}.${process.pid}`, compressed);
  renameSync(`${path}.${process.pid}`, path);
  return compressed;
}

/** Writes a `.br` and a `.gz` beside every file of the build that gains by it; the server sends those where accepted. */
export function compressAssets(): Plugin {
  let outDir = '';
  return {
    name: 'alcove-compress-assets',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler() {
        if (outDir === '') return;
        for (const path of filesUnder(outDir)) {
          if (compressible.test(path) && statSync(path).size >= smallestBytes) compress(path);
        }
      },
    },
  };
}
