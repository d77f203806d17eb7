import type { ProfileId } from '#core/ids.ts';
import type { MergeInput } from '#core/segment/merge-segments.ts';
import type { SegmentManifest, SegmentRef } from '#core/segment/segment-manifest.ts';
import type { Tombstones } from '#core/segment/tombstones.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';

/** A segment with all its parts in memory, as merging takes it; `tombstones` says what to leave behind. */
export async function readMergeInput(store: CorpusStore, ref: SegmentRef, manifest: SegmentManifest, tombstones: Tombstones = ref.tombstones): Promise<MergeInput> {
  const vec = new Map<ProfileId, Uint8Array>();
  for (const [profile, part] of Object.entries(ref.vec)) {
    if (part === undefined) continue;
    vec.set(profile as ProfileId, await store.readPart(ref.id, { vec: profile as ProfileId, sha256: part.sha256 }));
  }
  const txt = await store.readPart(ref.id, 'txt');
  const kw = await store.readPart(ref.id, 'kw');
  return { manifest, tombstones, txt, kw, vec };
}
