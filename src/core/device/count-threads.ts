import type { DeviceProbe } from './engine-profile.ts';

const maxThreads = 4;

/**
 * Threads for ONNX Runtime's WASM: one without cross-origin isolation (there is no shared memory), else every core up to
 * four, the most the runtime would take by itself (not measured here beyond two). Its default is half of the cores;
 * measured on two, the second thread gave 1.6 to 1.9 times the passages, half the time to a first token, and 1.3 times the
 * tokens a second.
 */
export function countThreads({ crossOriginIsolated, cores }: Pick<DeviceProbe, 'crossOriginIsolated' | 'cores'>): number {
  return crossOriginIsolated ? Math.max(1, Math.min(maxThreads, Math.floor(cores))) : 1;
}
