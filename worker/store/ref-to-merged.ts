import type { PartRef, SegmentRef } from '#core/segment/segment-manifest.ts';
import type { MergedSegment } from '#core/segment/merge-segments.ts';
import { sha256 } from '#core/segment/sha256.ts';
import type { NewVecPart } from '#core/store/corpus-store.ts';

/** How a head refers to a merged segment, and the vectors to commit with it. */
export async function refToMerged({ segment, vec }: MergedSegment): Promise<{ ref: SegmentRef; vec: NewVecPart[] }> {
  const parts: NewVecPart[] = [];
  const refs: Record<string, PartRef> = {};
  for (const [profile, bytes] of vec) {
    parts.push({ segment: segment.id, profile, bytes });
    refs[profile] = { sha256: await sha256(bytes), bytes: bytes.length };
  }
  return { ref: { id: segment.id, rows: segment.manifest.rows, vec: refs }, vec: parts };
}
