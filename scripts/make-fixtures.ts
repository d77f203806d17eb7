import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { archiveFixtures } from './fixture-archives.ts';
import { pdfFixtures } from './fixture-pdfs.ts';
import { textFixtures } from './fixture-texts.ts';

/** All files that the parsers' tests read, by name; the same bytes on every run. */
export function allFixtures(): Record<string, Uint8Array> {
  return { ...pdfFixtures(), ...archiveFixtures(), ...textFixtures() };
}

/** Where they are kept. */
export const fixtureFolder = fileURLToPath(new URL('../src/core/parse/fixtures/', import.meta.url));

function main(): void {
  mkdirSync(fixtureFolder, { recursive: true });
  let total = 0;
  for (const [name, bytes] of Object.entries(allFixtures())) {
    writeFileSync(fixtureFolder + name, bytes);
    total += bytes.length;
    console.log(`${String(bytes.length).padStart(8)} ${name}`);
  }
  console.log(`${String(total).padStart(8)} bytes in all`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
