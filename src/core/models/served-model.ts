import type { ModelManifest } from './model-manifest.ts';

/**
 * A model that a server offers from its own folder: its manifest, or where the server knows no more than the files, these
 * and the content revision, by which the built-in catalogue knows what it is.
 */
export type ServedModel = ModelManifest | Pick<ModelManifest, 'id' | 'commit' | 'files'>;

/** What `/models/manifest.json` holds. `hub`: origin of the hub this server allows, `null` for none. */
export type ServedModels = { hub: string | null; models: ServedModel[] };
