import type { DeviceProbe } from './engine-profile.ts';

const maxThreads = 4;

/**
 * Threads for ONNX Runtime's WASM: one without cross-origin isolation (there is no shared memory), else every core up to
 * four, where the gain of small models ends. The runtime's own default is half of them; measured on two cores, the second
 * thread gave 1.6 to 1.9 times the passages, half the time to a first token, and 1.3 times the tokens a second.
 */
export function countThreads({ crossOriginIsolated, cores }: Pick<DeviceProbe, 'crossOriginIsolated' | 'cores'>): number {
  return crossOriginIsolated ? Math.max(1, Math.min(maxThreads, Math.floor(cores))) : 1;
}
