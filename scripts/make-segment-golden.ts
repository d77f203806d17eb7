// Writes the golden files that docs/segment-format.md speaks of: `npx tsx scripts/make-segment-golden.ts`.
// Run it only when the format changes on purpose; the tests compare against what is committed.
import { mkdir, writeFile } from 'node:fs/promises';
import { makeGoldenFiles } from '../src/core/segment/test-data/golden-segment.ts';

const folder = new URL('../src/core/segment/fixtures/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, bytes] of await makeGoldenFiles()) {
  await writeFile(new URL(name, folder), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
