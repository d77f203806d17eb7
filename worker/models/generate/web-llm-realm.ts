import { createModelCacheStorage } from '../store/create-model-cache-storage.ts';
import type { WebLlmRealm } from './create-web-llm-service.ts';
import { createWebLlmEngine } from './web-llm-engine.ts';

/** The little of WebGPU that is looked at here. */
type Device = { lost: Promise<{ reason?: string; message: string }> };
type Adapter = { features: { has(name: string): boolean }; requestDevice(...args: unknown[]): Promise<Device> };
type Gpu = { requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null> };

/** The realm of a worker that runs web-llm and nothing else, which therefore may change its globals. */
export const webLlmRealm: WebLlmRealm = {
  createEngine: createWebLlmEngine,
  installCaches(files, urlOf) {
    Object.defineProperty(globalThis, 'caches', { value: createModelCacheStorage(files, urlOf), configurable: true });
  },
  async hasShaderF16() {
    // The adapter that web-llm asks for: on machines with two GPUs the default may be another.
    const adapter = await gpu()?.requestAdapter({ powerPreference: 'high-performance' });
    return adapter?.features.has('shader-f16') ?? false;
  },
  watchDevices(onLost) {
    const prototype = (globalThis as { GPUAdapter?: { prototype: Adapter } }).GPUAdapter?.prototype;
    if (prototype === undefined) return;
    const { requestDevice } = prototype;
    prototype.requestDevice = async function (this: Adapter, ...args) {
      const device = await requestDevice.apply(this, args);
      void device.lost.then(({ message, reason }) => onLost(message || (reason ?? 'unknown')));
      return device;
    };
  },
};

function gpu(): Gpu | undefined {
  return (globalThis as unknown as { navigator?: { gpu?: Gpu } }).navigator?.gpu;
}
