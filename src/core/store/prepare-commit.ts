import { AppError } from '../errors/app-error.ts';
import type { ProfileId, SegmentId, Sha256 } from '../ids.ts';
import { segmentLimits } from '../segment/segment-limits.ts';
import type { SegmentRef } from '../segment/segment-manifest.ts';
import { sha256 } from '../segment/sha256.ts';
import { tombstoneBytes } from '../segment/tombstones.ts';
import { verifySegment } from '../segment/verify-segment.ts';
import type { Commit, CorpusHead, NewVecPart } from './corpus-store.ts';

/** A part as a store keeps it: one profile of a segment may for a time have several, since heads name them by hash. */
export type NamedVecPart = NewVecPart & { sha256: Sha256 };

/**
 * Everything about a commit that can be checked before the store is asked: segments and vectors are the bytes their
 * names say, and the head is sound. Errors: `segment/corrupt`, `invalid-input`.
 */
export async function prepareCommit({ head, segments = [], vec = [] }: Commit): Promise<NamedVecPart[]> {
  for (const ref of head.segments) checkRef(ref);
  if (new Set(head.segments.map((ref) => ref.id)).size !== head.segments.length) {
    throw new AppError('invalid-input', 'the head names a segment twice');
  }
  await Promise.all(segments.map(verifySegment));
  for (const { id, manifest } of segments) {
    const ref = head.segments.find((candidate) => candidate.id === id);
    if (ref && ref.rows !== manifest.rows) throw new AppError('invalid-input', 'the head has a wrong number of rows');
  }
  return Promise.all(vec.map(async (part) => nameVecPart(part, head)));
}

async function nameVecPart(part: NewVecPart, head: CorpusHead): Promise<NamedVecPart> {
  if (part.bytes.length > segmentLimits.bytes) throw new AppError('invalid-input', 'a vec part is over the limit');
  const named = { ...part, sha256: await sha256(part.bytes) };
  const ref = head.segments.find(({ id }) => id === part.segment)?.vec[part.profile];
  if (!ref) throw new AppError('invalid-input', 'the head does not name a vec part of its commit');
  if (ref.sha256 !== named.sha256 || ref.bytes !== part.bytes.length) {
    throw new AppError('segment/corrupt', 'a vec part does not match its hash');
  }
  return named;
}

function checkRef({ rows, tombstones }: SegmentRef): void {
  if (tombstones && tombstones.length !== tombstoneBytes(rows)) {
    throw new AppError('invalid-input', 'tombstones do not have the length of their segment');
  }
}

/** Errors: `conflict` unless the new head follows the stored one. */
export function checkSequence(head: CorpusHead, stored: CorpusHead | undefined): void {
  const storedSeq = stored?.seq ?? 0;
  if (head.seq !== storedSeq + 1) {
    throw new AppError('conflict', `the corpus is at ${storedSeq}, not ${head.seq - 1}`, { detail: { storedSeq } });
  }
}

/** The vec parts a head names. */
export function namedVecParts(head: CorpusHead): { segment: SegmentId; profile: ProfileId; sha256: Sha256 }[] {
  return head.segments.flatMap(({ id, vec }) =>
    Object.entries(vec).flatMap(([profile, ref]) => (ref ? [{ segment: id, profile: profile as ProfileId, sha256: ref.sha256 }] : [])),
  );
}
