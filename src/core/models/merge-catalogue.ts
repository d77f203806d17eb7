import type { ModelKey, ModelManifest } from './model-manifest.ts';
import { modelKey } from './model-manifest.ts';
import type { ServedModel } from './served-model.ts';

/**
 * A model that can be offered. `from`: where its files are to be had: this server, the hub, or only from files that the
 * person has (an export of our own that this server does not serve). Of the browser's own model it says nothing.
 */
export type CatalogueEntry = { key: ModelKey; manifest: ModelManifest; from: 'same-origin' | 'hub' | 'files' };

/**
 * The built-in entries and what the server offers, by key. A built-in entry wins over the server's of the same key, whose
 * files have the same hashes by the commit's meaning; what a server describes no further and the catalogue does not know
 * is left out. The server's come first.
 */
export function mergeCatalogue(builtIn: readonly ModelManifest[], fromServer: readonly ServedModel[]): CatalogueEntry[] {
  const known = new Map(builtIn.map((manifest) => [modelKey(manifest), manifest]));
  const merged = new Map<ModelKey, CatalogueEntry>();
  for (const served of fromServer) {
    const key = modelKey(served);
    const manifest = known.get(key) ?? ('task' in served ? served : undefined);
    if (manifest) merged.set(key, { key, manifest, from: 'same-origin' });
  }
  for (const [key, manifest] of known) {
    if (!merged.has(key)) merged.set(key, { key, manifest, from: manifest.isUnresolved ? 'hub' : 'files' });
  }
  return [...merged.values()];
}
