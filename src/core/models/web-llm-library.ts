import type { ModelManifest } from './model-manifest.ts';

/** The version of web-llm this build holds. Its compiled libraries run with no other. */
export const webLlmVersion = '0.2.86';

/** Where a model's compiled library lies, both below a server's address and among the model's own files once installed. */
export function libraryPath(manifest: Pick<ModelManifest, 'generate'>): string | undefined {
  const library = manifest.generate?.library;
  return library && `mlc/${webLlmVersion}/${library.path}`;
}
