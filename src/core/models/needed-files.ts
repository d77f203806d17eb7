import type { ModelDtype, ModelFile, ModelManifest } from './model-manifest.ts';

/**
 * The files that running a model with these dtypes needs: those of the variants named and those that belong to no
 * variant. In the manifest's order, small files first, so that what is broken shows before the most is fetched.
 */
export function neededFiles(manifest: Pick<ModelManifest, 'files' | 'variants'>, dtypes: readonly ModelDtype[]): ModelFile[] {
  const ofVariants = new Set(manifest.variants.flatMap(({ files }) => files));
  const wanted = new Set(manifest.variants.filter(({ dtype }) => dtypes.includes(dtype)).flatMap(({ files }) => files));
  return manifest.files.filter(({ path }) => wanted.has(path) || !ofVariants.has(path)).sort((a, b) => a.bytes - b.bytes);
}

export function bytesOf(files: readonly { bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
