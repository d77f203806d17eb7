import type { SegmentId } from '../ids.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SegmentManifest } from './segment-manifest.ts';
import { sha256OfText } from './sha256.ts';

/** The id of the segment that this manifest describes. */
export async function segmentId(manifest: SegmentManifest): Promise<SegmentId> {
  return (await sha256OfText(canonicalJson(manifest))) as string as SegmentId;
}
