import { MemoryVectorIndex } from './memory-vector-index.ts';
import type { VectorIndex } from './vector-index.ts';
import { loadVectorKernel, type KernelKind } from './vector-kernel.ts';
import { WasmVectorIndex } from './wasm-vector-index.ts';

/** The fastest vector index that gives right numbers on this engine. */
export type VectorIndexChoice = { kind: KernelKind | 'scalar'; create(dims: number): VectorIndex };

/**
 * Tries the kernels in falling speed: relaxed SIMD, portable SIMD, plain JavaScript. Compiling and checking takes a few
 * milliseconds, so call it once and keep the choice.
 */
export async function chooseVectorIndex(): Promise<VectorIndexChoice> {
  for (const kind of ['relaxed', 'portable'] as const) {
    const kernel = await loadVectorKernel(kind);
    if (kernel !== undefined) return { kind, create: (dims) => new WasmVectorIndex(kernel, dims) };
  }
  return { kind: 'scalar', create: (dims) => new MemoryVectorIndex(dims) };
}
