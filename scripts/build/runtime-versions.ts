import { readFileSync } from 'node:fs';
import { join } from 'node:path';

function installedVersion(name: string): string {
  return (JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;
}

/** Version of the ONNX Runtime whose files lie below `/ort/<version>/`: the one that transformers.js was built against. */
export const ortVersion = installedVersion('onnxruntime-web');

/** Values that `worker/models/runtime-versions.ts` reads, as Vite's `define` takes them. */
export const runtimeVersionDefines: Record<string, string> = {
  'import.meta.env.ALCOVE_ORT_VERSION': JSON.stringify(ortVersion),
  'import.meta.env.ALCOVE_TRANSFORMERS_VERSION': JSON.stringify(installedVersion('@huggingface/transformers')),
};
