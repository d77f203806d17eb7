import type { ModelDtype, ModelEngine } from '../models/model-manifest.ts';

/** Which build of ONNX Runtime's WASM a profile loads. */
export type OrtBuild = 'plain' | 'asyncify' | 'jspi';

/**
 * One way to run one model on one device, to be tried as a whole. `threads` counts WASM threads (1 on WebGPU);
 * `batch` is the number of texts of one run, `buckets` the lengths in tokens that batches are padded to (none on WASM,
 * where padding is pure waste).
 */
export type EngineProfile = {
  engine: ModelEngine;
  device: 'webgpu' | 'wasm' | 'browser';
  dtype: ModelDtype;
  ortBuild?: OrtBuild;
  threads: number;
  batch: number;
  buckets: number[];
};

/** What a device offers, as plain data, taken in a worker (`probeDevice`). Sizes in bytes. */
export type DeviceProbe = {
  cores: number;
  /** As the browser rounds it; absent where it does not say. */
  memoryGb?: number;
  crossOriginIsolated: boolean;
  simd: boolean;
  jspi: boolean;
  browser: string;
  /** Absent without an adapter. A fallback adapter computes on the processor, slower than WASM. */
  gpu?: {
    vendor: string;
    architecture: string;
    isFallback: boolean;
    f16: boolean;
    subgroups: boolean;
    maxBufferBytes: number;
    maxBindingBytes: number;
    workgroupStorageBytes: number;
    storageBuffersPerStage: number;
  };
  /** The browser's own language model, where it has one. */
  builtInModel: 'available' | 'downloadable' | 'unavailable';
};
