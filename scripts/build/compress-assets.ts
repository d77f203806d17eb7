import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = /\.(?:js|mjs|css|html|json|svg|txt|wasm|bin|webmanifest|md|csv)$/;
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
  // Brotli's highest level takes seconds a megabyte on the model's tables and gains almost nothing on them.
  const quality = bytes.length > 1_000_000 ? 5 : 10;
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  if (brotli.length < bytes.length * worthwhileRatio) writeFileSync(`${path}.br`, brotli);
  const gzip = gzipSync(bytes, { level: 9 });
  if (gzip.length < bytes.length * worthwhileRatio) writeFileSync(`${path}.gz`, gzip);
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
