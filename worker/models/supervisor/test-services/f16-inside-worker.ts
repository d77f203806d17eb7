import type { ModelFiles } from '../../model-files.ts';
import { openServedFolder } from '../../test-models/served-model-files.ts';
import { readerService } from '../../transformers/reader-service.ts';
import { serveModelWorker } from '../serve-model-worker.ts';

const renamed = 'onnx/model_q4f16.onnx';

/** The tiny model with its half floats under the name of 4-bit weights: of those the library does not ask whether the GPU has half floats. */
async function openDisguised(id: string): Promise<ModelFiles> {
  const { manifest, read } = await openServedFolder(id);
  const half = manifest.files.find(({ path }) => path === 'onnx/model_fp16.onnx')!;
  return {
    manifest: {
      ...manifest,
      files: [...manifest.files, { ...half, path: renamed }],
      variants: [...manifest.variants, { dtype: 'q4f16', devices: ['webgpu'], files: [renamed], memoryBytes: 1 }],
    },
    read: (path) => read(path === renamed ? half.path : path),
  };
}

serveModelWorker((start) => readerService(start, (key) => openDisguised(key.slice(0, key.indexOf('@')))));
