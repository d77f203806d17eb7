import type { DeviceProbe } from '#core/device/engine-profile.ts';
import { hasSimd } from './has-simd.ts';
import { nameBrowser } from './name-browser.ts';

type Adapter = {
  info: { vendor: string; architecture: string; isFallbackAdapter?: boolean };
  /** Where older browsers have it. */
  isFallbackAdapter?: boolean;
  features: { has(name: string): boolean };
  limits: { maxBufferSize: number; maxStorageBufferBindingSize: number; maxComputeWorkgroupStorageSize: number; maxStorageBuffersPerShaderStage: number };
};

/** What is asked of the realm; everything may be missing. */
export type ProbedRealm = {
  crossOriginIsolated?: boolean;
  navigator: {
    hardwareConcurrency?: number;
    deviceMemory?: number;
    userAgent?: string;
    gpu?: { requestAdapter(options?: { powerPreference?: string }): Promise<Adapter | null> };
  };
  LanguageModel?: { availability(): Promise<string> };
};

/** An adapter takes milliseconds, after the GPU process crashed some seconds; beyond that there is none. */
const limitMs = 5_000;

/**
 * What this device offers, asked in the worker realm models will run in. Never rejects and takes ten seconds at most: what
 * hangs or fails is not there.
 */
export async function probeDevice(realm: ProbedRealm = self, waitMs = limitMs): Promise<DeviceProbe> {
  const { navigator } = realm;
  const [gpu, builtInModel] = await Promise.all([probeGpu(navigator.gpu, waitMs), probeBuiltIn(realm.LanguageModel, waitMs)]);
  const { deviceMemory } = navigator;
  return {
    cores: Math.max(1, navigator.hardwareConcurrency ?? 1),
    ...(deviceMemory !== undefined && deviceMemory > 0 && { memoryGb: deviceMemory }),
    crossOriginIsolated: realm.crossOriginIsolated === true,
    simd: hasSimd(),
    jspi: 'Suspending' in WebAssembly,
    browser: nameBrowser(navigator.userAgent ?? ''),
    ...(gpu !== undefined && { gpu }),
    builtInModel,
  };
}

/**
 * The fast adapter, with no more than the default adapter has too: on machines with two GPUs libraries ask for one or the
 * other, and for shader-f16 of one and a device of the other.
 */
async function probeGpu(gpu: ProbedRealm['navigator']['gpu'], waitMs: number): Promise<DeviceProbe['gpu']> {
  if (gpu === undefined) return undefined;
  const fast = await within(waitMs, () => gpu.requestAdapter({ powerPreference: 'high-performance' }));
  const usual = fast && (await within(waitMs, () => gpu.requestAdapter()));
  if (!fast || !usual) return undefined;
  try {
    return weaker(describe(fast), describe(usual));
  } catch {
    return undefined;
  }
}

type Gpu = NonNullable<DeviceProbe['gpu']>;

function describe({ info, isFallbackAdapter, features, limits }: Adapter): Gpu {
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    isFallback: info.isFallbackAdapter ?? isFallbackAdapter ?? false,
    f16: features.has('shader-f16'),
    subgroups: features.has('subgroups'),
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
    workgroupStorageBytes: limits.maxComputeWorkgroupStorageSize,
    storageBuffersPerStage: limits.maxStorageBuffersPerShaderStage,
  };
}

function weaker(fast: Gpu, usual: Gpu): Gpu {
  return {
    vendor: fast.vendor,
    architecture: fast.architecture,
    isFallback: fast.isFallback || usual.isFallback,
    f16: fast.f16 && usual.f16,
    subgroups: fast.subgroups && usual.subgroups,
    maxBufferBytes: Math.min(fast.maxBufferBytes, usual.maxBufferBytes),
    maxBindingBytes: Math.min(fast.maxBindingBytes, usual.maxBindingBytes),
    workgroupStorageBytes: Math.min(fast.workgroupStorageBytes, usual.workgroupStorageBytes),
    storageBuffersPerStage: Math.min(fast.storageBuffersPerStage, usual.storageBuffersPerStage),
  };
}

async function probeBuiltIn(model: ProbedRealm['LanguageModel'], waitMs: number): Promise<DeviceProbe['builtInModel']> {
  const availability = model && (await within(waitMs, () => model.availability()));
  if (availability === 'available') return 'available';
  return availability === 'downloadable' || availability === 'downloading' ? 'downloadable' : 'unavailable';
}

/** What it resolves to; `undefined` if it fails or takes too long. */
async function within<T>(waitMs: number, ask: () => Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, waitMs, undefined)));
  const asked = (async () => ask())().catch(() => undefined);
  const answer = await Promise.race([asked, late]);
  clearTimeout(timer);
  return answer;
}
