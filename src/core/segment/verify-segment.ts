import { AppError } from '../errors/app-error.ts';
import { checkManifest } from './check-manifest.ts';
import { openKwPart } from './kw-part.ts';
import type { PartRef, SegmentBytes } from './segment-manifest.ts';
import { segmentId } from './segment-id.ts';
import { sha256 } from './sha256.ts';
import { decodeTxtPart } from './txt-part.ts';

/** That the manifest is sound and has this id, and that both parts are the bytes it names. Errors: `segment/corrupt`. */
export async function verifySegment(segment: SegmentBytes): Promise<void> {
  checkManifest(segment.manifest);
  const [id] = await Promise.all([
    segmentId(segment.manifest),
    verifyPart(segment.txt, segment.manifest.txt),
    verifyPart(segment.kw, segment.manifest.kw),
  ]);
  if (id !== segment.id) throw new AppError('segment/corrupt', 'the manifest does not have the id of its segment');
}

/** That these bytes are the part which `ref` names. Errors: `segment/corrupt`. */
export async function verifyPart(bytes: Uint8Array, ref: PartRef): Promise<void> {
  if (bytes.length !== ref.bytes || (await sha256(bytes)) !== ref.sha256) {
    throw new AppError('segment/corrupt', 'a part does not match its hash');
  }
}

/**
 * For a segment from another machine, after `verifySegment`: that its parts decode and agree with the manifest, row by
 * row. Costs as much as reading all of it. Errors: `segment/corrupt`.
 */
export function inspectSegment({ manifest, txt, kw }: SegmentBytes): void {
  const part = openKwPart(kw);
  if (part.rows !== manifest.rows) throw new AppError('segment/corrupt', 'kw part: not the rows of the manifest');
  const rows = new Uint32Array(part.rows);
  const lengths = new Float64Array(part.rows);
  const frequencies = new Uint32Array(part.rows);
  for (let term = 0; term < part.terms; term++) {
    const count = part.readPostings(term, rows, frequencies);
    for (let i = 0; i < count; i++) lengths[rows[i]!]! += frequencies[i]!;
  }
  if (lengths.some((length, row) => length !== part.lengths[row])) throw new AppError('segment/corrupt', 'kw part: wrong lengths');
  inspectText({ manifest, txt });
}

function inspectText({ manifest, txt }: Pick<SegmentBytes, 'manifest' | 'txt'>): void {
  let row = 0;
  let run = 0;
  for (const passage of decodeTxtPart({ bytes: txt, members: manifest.txt.members })) {
    while (row >= manifest.documents[run]!.firstRow + manifest.documents[run]!.rows) run++;
    const { document, firstRow, firstOrdinal } = manifest.documents[run]!;
    if (passage.document !== document.id || passage.ordinal !== firstOrdinal + row - firstRow) {
      throw new AppError('segment/corrupt', 'txt part: a passage is not the one its manifest names');
    }
    row++;
  }
}
