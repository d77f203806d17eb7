import type { ModelFile } from '#core/models/model-manifest.ts';
import { libraryPath } from '#core/models/web-llm-library.ts';
import type { FileOrigin, ModelRecord } from './model-record.ts';

export type ModelSource = { origin: Exclude<FileOrigin, 'files'>; urlOf(file: Pick<ModelFile, 'path'>): string };

/** Which addresses a model's files may come from, first the nearest. */
export type ModelSources = (record: Pick<ModelRecord, 'manifest' | 'isOfHub'>) => ModelSource[];

/**
 * This server first, then the hub where it is allowed and has the model. `baseUrl`: the app's address. A compiled library
 * of web-llm lies at this server only.
 */
export function createModelSources(baseUrl: string, hub: string | null): ModelSources {
  return ({ manifest, isOfHub }) => {
    const folder = `${manifest.id}/resolve/${manifest.commit}/`;
    const library = libraryPath(manifest);
    const sameOrigin: ModelSource = { origin: 'same-origin', urlOf: ({ path }) => new URL(path === library ? path : `models/${folder}${escapePath(path)}`, baseUrl).href };
    const fromHub: ModelSource = { origin: 'hub', urlOf: ({ path }) => new URL(`/${folder}${escapePath(path)}`, hub ?? '').href };
    return hub !== null && isOfHub ? [sameOrigin, fromHub] : [sameOrigin];
  };
}

/** A model path as it stands in an address. */
export function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
