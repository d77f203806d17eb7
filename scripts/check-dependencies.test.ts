import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Which programs' files each program may import. Nothing imports `bench`; the core imports nothing. */
const mayImport: Record<string, string[]> = {
  'src/core': ['src/core'],
  'src/app': ['src/app', 'src/core'],
  'src/sw': ['src/sw', 'src/core'],
  worker: ['worker', 'src/core'],
  server: ['server', 'src/core'],
  bench: ['bench', 'worker', 'src/core'],
};
const programs = Object.keys(mayImport);
const isTest = /\.(?:test|contract)\.tsx?$|[\\/]test-[^\\/]+[\\/]/;
const importPattern = /(?:from|import|import\()\s*'([^']+)'/g;
/** A worker is started by its file's address, which is no import of its code. */
const workerStart = /new Worker\(\s*new URL\('[^']+'/g;

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isTest.test(path));
}

function programOf(path: string): string | undefined {
  const place = relative(root, path).split(sep).join('/');
  return programs.find((program) => place.startsWith(`${program}/`));
}

function importedFiles(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(workerStart, '');
  return [...text.matchAll(importPattern)].flatMap(([, specifier = '']) => {
    if (specifier.startsWith('#core/')) return [join(root, 'src/core', specifier.slice('#core/'.length))];
    return specifier.startsWith('.') ? [resolve(path, '..', specifier.split('?')[0] ?? '')] : [];
  });
}

describe('dependencies between programs', () => {
  it.each(programs)('%s imports only what it may', (program) => {
    const allowed = mayImport[program] ?? [];
    const wrong = sourceFiles(program).flatMap((path) =>
      importedFiles(path)
        .filter((imported) => !allowed.includes(programOf(imported) ?? ''))
        .map((imported) => `${relative(root, path)} imports ${relative(root, imported)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('sees the imports it judges', () => {
    const seen = programs.flatMap(sourceFiles).flatMap(importedFiles);
    expect(seen.length).toBeGreaterThan(20);
  });
});
