import { setFlagsFromString } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { quantizeVectors } from './quantize-vectors.ts';
import { randomUnitVectors } from './synthetic-vectors.ts';
import { describeVectorIndex } from './vector-index.contract.ts';
import { loadVectorKernel, type KernelKind } from './vector-kernel.ts';
import { WasmVectorIndex } from './wasm-vector-index.ts';

// Node 20 has relaxed SIMD behind this flag; later versions have it and ignore the flag.
setFlagsFromString('--experimental-wasm-relaxed-simd');

async function load(kind: KernelKind): Promise<(dims: number) => WasmVectorIndex> {
  const kernel = await loadVectorKernel(kind);
  if (kernel === undefined) throw new Error(`the ${kind} kernel does not run here`);
  return (dims) => new WasmVectorIndex(kernel, dims);
}

describeVectorIndex('portable kernel', () => load('portable'));

const relaxed = await loadVectorKernel('relaxed');
describe.skipIf(relaxed === undefined)('where the engine has relaxed SIMD', () => {
  describeVectorIndex('relaxed kernel', () => load('relaxed'));
});

test.each([await loadVectorKernel('portable'), relaxed].filter((kernel) => kernel !== undefined))(
  'the $kind scan holds at most 400 bytes a vector of 384 dimensions',
  (kernel) => {
    const index = new WasmVectorIndex(kernel, 384);
    for (let i = 0; i < 10; i++) index.add(quantizeVectors(randomUnitVectors(100, 384, i), 384));
    expect(index.memory().scanBytes / index.size).toBeLessThanOrEqual(400);
  },
);
