import type { EngineProfile, OrtBuild } from '#core/device/engine-profile.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { ModelDtype } from '#core/models/model-manifest.ts';
import { neededFiles } from '#core/models/needed-files.ts';
import type { DataType, PretrainedModelOptions } from '@huggingface/transformers';
import type { ModelFiles } from '../model-files.ts';
import { createModelFileSource, fileHost, filePathTemplate } from './model-file-source.ts';

export type TransformersLibrary = typeof import('@huggingface/transformers');

/** The library set up for one model, and what to give its `from_pretrained` functions. */
export type TransformersSetUp = {
  library: TransformersLibrary;
  id: string;
  options: PretrainedModelOptions;
  /** Calls back once if the GPU device is lost. To be called after the first session was made; does nothing on WASM. */
  watchDevice(onLost: (reason: string) => void): void;
};

const fileOfBuild: Record<OrtBuild, string> = {
  plain: 'ort-wasm-simd-threaded',
  asyncify: 'ort-wasm-simd-threaded.asyncify',
  jspi: 'ort-wasm-simd-threaded.jspi',
};

/**
 * Loads transformers.js and sets its environment for our world, before the first session: runtime files from our own
 * origin below `<baseUrl>ort/<version>/`, model files from `files` alone, never a request elsewhere, no log of what texts
 * hold. The environment belongs to the realm, so a realm runs one model. In Node the same model runs on onnxruntime-node
 * whatever device the profile names. Every file the dtype needs is looked for first: the library would wait for ever for
 * some of them. Errors: `model/missing`, `model/unsupported` (no such dtype).
 */
export async function setUpTransformers(
  { files, profile, baseUrl }: { files: ModelFiles; profile: EngineProfile; baseUrl: string },
): Promise<TransformersSetUp> {
  await assertStored(files, profile.dtype);
  const library = await import('@huggingface/transformers');
  const { env, LogLevel } = library;
  const source = createModelFileSource(files);
  Object.assign(env, {
    allowLocalModels: false, allowRemoteModels: true, remoteHost: fileHost, remotePathTemplate: filePathTemplate,
    useBrowserCache: false, useFSCache: false, useWasmCache: false, useCustomCache: true, customCache: source.cache,
    fetch: source.fetch, logLevel: LogLevel.NONE,
  });
  const isNode = env.backends.onnx.versions?.web === undefined;
  if (!isNode) setUpRuntime(library, profile, baseUrl);
  return {
    library,
    id: files.manifest.id,
    options: {
      dtype: toDataType(profile.dtype),
      device: isNode ? 'cpu' : toDevice(profile.device),
      ...(isNode && { session_options: { intraOpNumThreads: profile.threads, interOpNumThreads: 1 } }),
    },
    watchDevice: (onLost) => {
      if (profile.device === 'webgpu' && !isNode) void reportLoss(library, onLost);
    },
  };
}

function setUpRuntime({ env }: TransformersLibrary, { ortBuild = 'plain', threads }: EngineProfile, baseUrl: string): void {
  const { wasm, versions } = env.backends.onnx;
  if (wasm === undefined) throw new AppError('model/unsupported', 'ONNX Runtime has no WASM settings');
  const stem = new URL(`ort/${versions?.web ?? ''}/${fileOfBuild[ortBuild]}`, baseUrl).href;
  wasm.wasmPaths = { mjs: `${stem}.mjs`, wasm: `${stem}.wasm` };
  wasm.numThreads = threads;
  wasm.proxy = false;
}

async function assertStored(files: ModelFiles, dtype: ModelDtype): Promise<void> {
  const { manifest } = files;
  if (!manifest.variants.some((variant) => variant.dtype === dtype)) throw new AppError('model/unsupported', `${manifest.id} has no ${dtype}`);
  const missing: string[] = [];
  for (const { path } of neededFiles(manifest, [dtype])) {
    if ((await files.read(path)) === undefined) missing.push(path);
  }
  if (missing.length > 0) throw new AppError('model/missing', `${missing.join(', ')} of ${manifest.id} are not stored`);
}

async function reportLoss({ env }: TransformersLibrary, onLost: (reason: string) => void): Promise<void> {
  const device = (await env.backends.onnx.webgpu?.device) as { lost: Promise<{ reason?: string; message: string }> } | undefined;
  const info = await device?.lost;
  if (info !== undefined) onLost(info.message || (info.reason ?? 'unknown'));
}

function toDataType(dtype: ModelDtype): DataType {
  if (dtype === 'q4f16_1' || dtype === 'q4f32_1') throw new AppError('model/unsupported', `transformers.js has no ${dtype}`);
  return dtype;
}

function toDevice(device: EngineProfile['device']): 'webgpu' | 'wasm' {
  if (device === 'browser') throw new AppError('model/unsupported', 'transformers.js does not run in the browser itself');
  return device;
}
