import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toWireError } from '../src/core/errors/app-error.ts';
import { parseDocument } from '../src/core/parse/parse-document.ts';
import { allFixtures } from './make-fixtures.ts';

/** What the parsers make of each fixture: documents, or the code of the error. Read through before it is committed. */
async function main(): Promise<void> {
  const golden: Record<string, unknown> = {};
  for (const [name, bytes] of Object.entries(allFixtures())) {
    golden[name] = await parseDocument({ name, bytes }).catch((error: unknown) => toWireError(error).code);
  }
  const file = fileURLToPath(new URL('../src/core/parse/fixtures-as-read.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify(golden, null, 1)}\n`);
  console.log(`${Object.keys(golden).length} fixtures read`);
}

await main();
