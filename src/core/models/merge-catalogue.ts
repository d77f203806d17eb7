import { chooseModelFiles } from './choose-model-files.ts';
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
 * files have the same hashes by the commit's meaning. A copy of a model of the hub that the server describes no further is
 * known by its id and offered with its own commit; anything else undescribed is left out. The server's come first.
 */
export function mergeCatalogue(builtIn: readonly ModelManifest[], fromServer: readonly ServedModel[]): CatalogueEntry[] {
  const known = new Map(builtIn.map((manifest) => [modelKey(manifest), manifest]));
  const merged = new Map<ModelKey, CatalogueEntry>();
  for (const served of fromServer) {
    const key = modelKey(served);
    const manifest = known.get(key) ?? ('task' in served ? served : describeCopy(builtIn, served));
    if (manifest) merged.set(key, { key, manifest, from: 'same-origin' });
  }
  for (const [key, manifest] of known) {
    if (!merged.has(key)) merged.set(key, { key, manifest, from: manifest.isUnresolved ? 'hub' : 'files' });
  }
  return [...merged.values()];
}

/** What the catalogue knows of the hub's model of this id, over a server's copy of it: the variants whose files are there. */
function describeCopy(builtIn: readonly ModelManifest[], { id, commit, files }: Pick<ModelManifest, 'id' | 'commit' | 'files'>): ModelManifest | undefined {
  const entry = builtIn.find((manifest) => manifest.isUnresolved === true && manifest.id === id);
  if (entry === undefined) return undefined;
  const paths = new Set(files.map(({ path }) => path));
  const dtypes = entry.variants.filter((variant) => variant.files.every((path) => paths.has(path))).map(({ dtype }) => dtype);
  if (dtypes.length === 0) return undefined;
  const { isUnresolved: _isResolved, ...facts } = entry;
  try {
    return { ...facts, commit, ...chooseModelFiles(entry, dtypes, files) };
  } catch {
    // A copy without its tokenizer or configuration is none.
    return undefined;
  }
}
