import type { DeviceProbe } from './engine-profile.ts';

const maxThreads = 4;

/**
 * Threads for ONNX Runtime's WASM: one without cross-origin isolation (there is no shared memory), else every core up to
 * four. The runtime's own default takes half of them; measured on two cores, two threads gave 1.9 times the passages of
 * one, and beyond four the gain of small models ends.
 */
export function countThreads({ crossOriginIsolated, cores }: Pick<DeviceProbe, 'crossOriginIsolated' | 'cores'>): number {
  return crossOriginIsolated ? Math.max(1, Math.min(maxThreads, Math.floor(cores))) : 1;
}
