import { AppError } from '../errors/app-error.ts';
import type { ProfileId } from '../ids.ts';
import { sealSegment } from './build-segment.ts';
import { openKwPart } from './kw-part.ts';
import { mergeDocumentRows } from './merge-document-rows.ts';
import { mergeKwParts } from './merge-kw-parts.ts';
import { mergeTxtParts } from './merge-txt-parts.ts';
import { segmentLimits } from './segment-limits.ts';
import type { SegmentBytes, SegmentManifest } from './segment-manifest.ts';
import { liveRows, type Tombstones } from './tombstones.ts';
import { mergeVecParts, openVecPart } from './vec-part.ts';

export type MergeInput = {
  manifest: SegmentManifest;
  tombstones?: Tombstones;
  txt: Uint8Array;
  kw: Uint8Array;
  /** Its finished vec parts; all inputs have the same profiles. */
  vec: ReadonlyMap<ProfileId, Uint8Array>;
};

export type MergedSegment = { segment: SegmentBytes; vec: Map<ProfileId, Uint8Array> };

/**
 * One segment with the live rows of the inputs, in order: their passages, terms and vectors, unchanged. Equal inputs give
 * equal bytes. `undefined` when no row lives. `pause` is awaited between steps of a few milliseconds (one of the keywords
 * is longer). Errors: `segment/corrupt`; `invalid-input` where analyzers or profiles differ, or the result would be over
 * the limits of a segment.
 */
export async function mergeSegments(inputs: readonly MergeInput[], pause?: () => Promise<void>): Promise<MergedSegment | undefined> {
  const keepRows = inputs.map(({ manifest, tombstones }) => liveRows(tombstones, manifest.rows));
  if (keepRows.every((rows) => rows.length === 0)) return undefined;
  checkAlike(inputs);
  const txt = await mergeTxtParts(
    inputs.map((input, i) => ({ bytes: input.txt, members: input.manifest.txt.members, keepRows: keepRows[i]! })),
    pause,
  );
  const kw = mergeKwParts(inputs.map((input) => openKw(input)), keepRows);
  await pause?.();
  const vec = new Map<ProfileId, Uint8Array>();
  for (const profile of inputs[0]!.vec.keys()) {
    vec.set(profile, mergeVec(inputs, keepRows, profile));
    await pause?.();
  }
  if (txt.bytes.length + kw.length > segmentLimits.bytes) throw new AppError('invalid-input', 'the merged segment is too large');
  const documents = mergeDocumentRows(inputs.map(({ manifest }, i) => ({ documents: manifest.documents, keepRows: keepRows[i]! })));
  return { segment: await sealSegment({ documents, txt, kw, analyzer: inputs[0]!.manifest.kw.analyzer }), vec };
}

function openKw({ kw, manifest }: MergeInput): ReturnType<typeof openKwPart> {
  const part = openKwPart(kw);
  if (part.rows !== manifest.rows) throw new AppError('segment/corrupt', 'kw part: not the rows of the manifest');
  return part;
}

function mergeVec(inputs: readonly MergeInput[], keepRows: readonly Uint32Array[], profile: ProfileId): Uint8Array {
  const parts = inputs.map(({ vec, manifest }) => openVecPart(vec.get(profile)!, { profile, rows: manifest.rows }));
  return mergeVecParts(parts, keepRows);
}

function checkAlike(inputs: readonly MergeInput[]): void {
  const [first, ...rest] = inputs;
  for (const input of rest) {
    const hasSameProfiles = input.vec.size === first!.vec.size && [...input.vec.keys()].every((profile) => first!.vec.has(profile));
    if (!hasSameProfiles) throw new AppError('invalid-input', 'segments with vectors of different profiles cannot be merged');
    if (input.manifest.kw.analyzer !== first!.manifest.kw.analyzer) {
      throw new AppError('invalid-input', 'segments with terms of different rules cannot be merged');
    }
  }
}
