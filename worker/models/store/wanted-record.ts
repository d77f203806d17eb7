import type { ModelDtype, ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { readRecord } from './model-record.ts';
import type { ModelRecord } from './model-record.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { ResolvedModel, ResolveModel } from './resolve-from-hub.ts';

/**
 * What is to be stored of an entry from now on: the dtypes that were and those asked for. What the hub said once stands: the
 * commit does not change while a model is stored, and the hub is asked again only for dtypes it was not asked for. What the
 * entry says of the model besides its files is taken as it is now.
 */
export async function makeWantedRecord(shelf: ModelShelf, resolve: ResolveModel, key: ModelKey, entry: ModelManifest, dtypes: readonly ModelDtype[], signal: AbortSignal): Promise<{ record: ModelRecord; small: ResolvedModel['small'] }> {
  const before = (await readRecord(shelf, key, 'wanted')) ?? (await readRecord(shelf, key, 'complete'));
  const all = [...new Set([...(before?.dtypes ?? []), ...dtypes])];
  const origin = before?.origin && { origin: before.origin };
  if (!entry.isUnresolved) return { record: { manifest: entry, dtypes: all, isOfHub: false, ...origin }, small: new Map() };
  if (before && all.every((dtype) => before.manifest.variants.some((variant) => variant.dtype === dtype))) {
    return { record: { ...before, manifest: withFactsOf(entry, before.manifest), dtypes: all }, small: new Map() };
  }
  const { manifest, small } = await resolve(entry, all, signal, before?.manifest.commit);
  return { record: { manifest, dtypes: all, isOfHub: true, ...origin }, small };
}

/** What a resolved manifest says of its files, with what the entry says of the model. */
export function withFactsOf(entry: ModelManifest, { commit, files, variants }: ModelManifest): ModelManifest {
  const { isUnresolved: _unresolved, ...facts } = entry;
  return { ...facts, commit, files, variants };
}
