import type { SegmentId } from '../ids.ts';
import { segmentTargets } from './segment-limits.ts';
import type { SegmentManifest, SegmentRef } from './segment-manifest.ts';
import { countDeleted } from './tombstones.ts';

/** A segment as the planner sees it. Only segments of equal `group` are merged with each other. */
export type MergeCandidate = {
  id: SegmentId;
  group: string;
  rows: number;
  liveRows: number;
  /** `txt`, `kw` and the largest `vec` part. */
  bytes: number;
  /** JSON of the documents it names. */
  documentBytes: number;
};

/** Bytes of `txt`, `kw` and one profile's vectors that a merged segment may have: an estimate with room below the limit. */
const mergedBytes = 4 * 1024 * 1024;
const mergedDocumentBytes = 1024 * 1024;
/** A segment is rewritten alone once this share of its rows is dead. */
const deadShare = 0.25;
/** Segments of one size class are merged when there are this many. */
const fanIn = 4;
/** Most that are merged at once, so that one merge stays short. */
const widest = 16;

export function toMergeCandidate(ref: SegmentRef, manifest: SegmentManifest): MergeCandidate {
  const vec = Object.entries(ref.vec).flatMap(([profile, part]) => (part ? [{ profile, bytes: part.bytes }] : []));
  const profiles = vec.map(({ profile }) => profile).sort();
  return {
    id: ref.id,
    group: [manifest.kw.analyzer, ...profiles].join(' '),
    rows: ref.rows,
    liveRows: ref.rows - countDeleted(ref.tombstones),
    bytes: manifest.txt.bytes + manifest.kw.bytes + Math.max(0, ...vec.map(({ bytes }) => bytes)),
    documentBytes: JSON.stringify(manifest.documents).length,
  };
}

/**
 * The segments to merge into one next, in the order given, or `undefined` when all is well. In the manner of a
 * log-structured merge tree: segments are classed by size in powers of four; when a class holds four of one group, they
 * are merged as far as the result stays within the target. A segment with no live row, or a quarter of them dead, is
 * rewritten alone. Each merge lowers the number of segments or of dead rows, so applying plans ends; after that a group
 * holds at most three segments of each of the six classes below full size.
 */
export function planMerge(candidates: readonly MergeCandidate[]): SegmentId[] | undefined {
  const decayed = candidates.find(({ rows, liveRows }) => liveRows === 0 || (rows - liveRows) / rows >= deadShare);
  if (decayed) return [decayed.id];
  const order = new Map(candidates.map(({ id }, place) => [id, place]));
  for (const crowd of crowdedClasses(candidates)) {
    const chosen = chooseWithin(crowd);
    if (chosen.length > 1) return chosen.sort((a, b) => order.get(a)! - order.get(b)!);
  }
  return undefined;
}

/** The size classes of each group that hold too many, smallest first. */
function crowdedClasses(candidates: readonly MergeCandidate[]): MergeCandidate[][] {
  const classes = new Map<string, { size: number; members: MergeCandidate[] }>();
  for (const candidate of candidates) {
    const size = sizeClass(candidate);
    if (size === undefined) continue;
    const key = `${size} ${candidate.group}`;
    const found = classes.get(key) ?? { size, members: [] };
    found.members.push(candidate);
    classes.set(key, found);
  }
  const crowded = [...classes.values()].filter(({ members }) => members.length >= fanIn);
  return crowded.sort((a, b) => a.size - b.size).map(({ members }) => members);
}

/** `undefined` for a segment that is as large as it should be: two such would not fit into one. */
function sizeClass(candidate: MergeCandidate): number | undefined {
  const fill = fillOf(candidate);
  if (fill > 0.5) return undefined;
  // Classes end at a half, an eighth, a thirty-second of the target and so on; class 0 is all that is smaller.
  return Math.max(0, 6 - Math.ceil(Math.log(0.5 / fill) / Math.log(4) + 1e-9));
}

function chooseWithin(crowd: readonly MergeCandidate[]): SegmentId[] {
  const chosen: SegmentId[] = [];
  let fill = 0;
  for (const candidate of crowd.toSorted((a, b) => fillOf(a) - fillOf(b)).slice(0, widest)) {
    fill += fillOf(candidate);
    if (fill > 1) break;
    chosen.push(candidate.id);
  }
  return chosen;
}

/** How much of a full segment its live part makes, assuming that dead rows are as large as live ones. */
function fillOf({ bytes, documentBytes, rows, liveRows }: MergeCandidate): number {
  return Math.max(liveRows / segmentTargets.rows, (bytes * liveRows) / rows / mergedBytes, documentBytes / mergedDocumentBytes);
}
