import { expect, test } from 'vitest';
import voyWasmUrl from 'voy-search/voy_search_bg.wasm?url';
import { chooseVectorIndex } from './choose-vector-index.ts';
import { describeVectorIndex } from './vector-index.contract.ts';
import { loadVectorKernel, type KernelKind } from './vector-kernel.ts';
import { loadVoyVectorIndex } from './voy-vector-index.ts';
import { WasmVectorIndex } from './wasm-vector-index.ts';

async function loadKernelIndex(kind: KernelKind): Promise<(dims: number) => WasmVectorIndex> {
  const kernel = await loadVectorKernel(kind);
  if (kernel === undefined) throw new Error(`the ${kind} kernel does not run here`);
  return (dims) => new WasmVectorIndex(kernel, dims);
}

async function loadVoyIndex(): ReturnType<typeof loadVoyVectorIndex> {
  const response = await fetch(voyWasmUrl);
  return loadVoyVectorIndex(new Uint8Array(await response.arrayBuffer()));
}

test('Chromium has relaxed SIMD and it passes the check', async () => {
  expect((await chooseVectorIndex()).kind).toBe('relaxed');
});

describeVectorIndex('portable kernel', () => loadKernelIndex('portable'));
describeVectorIndex('relaxed kernel', () => loadKernelIndex('relaxed'));
describeVectorIndex('voy-search', loadVoyIndex, { maxDims: 768 });
