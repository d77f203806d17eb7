import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { buildVectorKernel } from './build-vector-kernel.mjs';

test('the kernel in the core is what its source compiles to', async () => {
  const built = await readFile(new URL('../../src/core/vectors/vector-kernel-modules.ts', import.meta.url), 'utf8');
  expect(await buildVectorKernel()).toBe(built);
});
