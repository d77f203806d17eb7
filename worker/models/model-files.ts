import type { ModelManifest } from '#core/models/model-manifest.ts';

/**
 * The verified files of one installed model, as a loader reads them. A loader never gets a byte that was not verified,
 * and never a request over the network: what is not stored is not there.
 */
export type ModelFiles = {
  readonly manifest: ModelManifest;
  /** `undefined`: the model has no such file. Errors: `model/missing` (it has, but it is not stored). */
  read(path: string): Promise<Blob | undefined>;
};
