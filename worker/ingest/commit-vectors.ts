import { withVectors } from '#core/engine/head-edits.ts';
import type { CorpusId, ProfileId, SegmentId } from '#core/ids.ts';
import type { PartRef } from '#core/segment/segment-manifest.ts';
import { sha256 } from '#core/segment/sha256.ts';
import type { NewVecPart } from '#core/store/corpus-store.ts';
import type { HeadEditor } from '../store/head-editor.ts';

/**
 * Commits finished `vec` parts with the head that names them. Parts of segments that have left the corpus, or have got
 * vectors of the profile from elsewhere, are dropped. Errors: those of the editor.
 */
export async function commitVectors(editor: HeadEditor, corpus: CorpusId, profile: ProfileId, parts: ReadonlyMap<SegmentId, Uint8Array<ArrayBuffer>>): Promise<void> {
  const refs = new Map<SegmentId, PartRef>();
  for (const [id, bytes] of parts) refs.set(id, { sha256: await sha256(bytes), bytes: bytes.length });
  await editor.edit(corpus, (head) => {
    const present = head.segments.filter((ref) => refs.has(ref.id) && ref.vec[profile] === undefined).map((ref) => ref.id);
    if (present.length === 0) return undefined;
    const vec = present.map((segment): NewVecPart => ({ segment, profile, bytes: parts.get(segment)! }));
    return { head: withVectors(head, profile, new Map(present.map((id) => [id, refs.get(id)!]))), vec };
  });
}
