import type { ProfileId } from '../ids.ts';
import type { SegmentRef } from '../segment/segment-manifest.ts';
import { openVecPart } from '../segment/vec-part.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import type { VectorRows } from '../vectors/vector-index.ts';

/** The vectors of one profile that a head names for a segment. Errors: those of the store; `segment/corrupt`. */
export async function readVectorPart(store: CorpusStore, { id, rows, vec }: SegmentRef, profile: ProfileId): Promise<VectorRows> {
  const bytes = await store.readPart(id, { vec: profile, sha256: vec[profile]!.sha256 });
  return openVecPart(bytes, { profile, rows });
}
