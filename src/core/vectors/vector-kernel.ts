import { portableKernel, relaxedKernel } from './vector-kernel-modules.ts';
import { verifyVectorKernel } from './verify-vector-kernel.ts';

/** Which dot product the kernel uses; it decides how a query must be quantised. */
export type KernelKind = 'portable' | 'relaxed';

/** What one instance of the kernel exports. Addresses and sizes are bytes; the source has the meaning of each. */
export type KernelExports = {
  readonly memory: WebAssembly.Memory;
  begin(heap: number, rows: number): void;
  found(): number;
  scan(high: number, scales: number, sums: number, rows: number, bytes: number, firstRow: number, query: number, allow: number, skip: number): void;
  sumRows(high: number, rows: number, bytes: number, sums: number): void;
  rescore(high: number, low: number, bytes: number, query: number): number;
  scanFloat32(vectors: number, rows: number, dims: number, firstRow: number, query: number): void;
};

/** A compiled kernel. Each instance has a memory of its own. */
export type VectorKernel = { readonly kind: KernelKind; instantiate(): KernelExports };

const modules: Record<KernelKind, string> = { portable: portableKernel, relaxed: relaxedKernel };

/** The kernel of one kind, or `undefined` where the engine cannot compile it or it gives wrong numbers here. */
export async function loadVectorKernel(kind: KernelKind): Promise<VectorKernel | undefined> {
  const bytes = Uint8Array.from(atob(modules[kind]), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  const module = await WebAssembly.compile(bytes);
  const kernel: VectorKernel = { kind, instantiate: () => new WebAssembly.Instance(module).exports as KernelExports };
  return verifyVectorKernel(kernel) ? kernel : undefined;
}
