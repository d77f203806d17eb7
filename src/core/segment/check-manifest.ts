import * as v from 'valibot';
import { AppError } from '../errors/app-error.ts';
import { segmentLimits } from './segment-limits.ts';
import type { SegmentManifest } from './segment-manifest.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const shortText = v.pipe(v.string(), v.maxLength(256));
const longText = v.pipe(v.string(), v.maxLength(4096));
const sourceTypes = ['pdf', 'docx', 'pptx', 'xlsx', 'epub', 'html', 'markdown', 'text', 'csv', 'json', 'code'] as const;

const documentSchema = v.looseObject({
  id: v.pipe(shortText, v.nonEmpty()),
  title: longText,
  type: v.picklist(sourceTypes),
  bytes: count,
  sha256: hash,
  characters: count,
  language: shortText,
  addedAt: shortText,
  pageStarts: v.optional(v.array(count)),
  coverage: v.optional(v.looseObject({ pages: count, unreadPages: v.array(count) })),
  path: v.optional(longText),
});

// Loose, because a field that a later program added is part of what the id is the hash of.
const manifestSchema = v.looseObject({
  format: v.literal(1),
  rows: v.pipe(positive, v.maxValue(segmentLimits.rows)),
  documents: v.pipe(
    v.array(v.looseObject({ document: documentSchema, firstRow: count, rows: positive, firstOrdinal: count })),
    v.maxLength(segmentLimits.rows),
  ),
  txt: v.looseObject({
    sha256: hash,
    bytes: positive,
    members: v.pipe(v.array(v.looseObject({ offset: count, bytes: positive, firstRow: count, rows: positive })), v.maxLength(segmentLimits.rows)),
  }),
  kw: v.looseObject({ sha256: hash, bytes: positive, analyzer: shortText }),
});

/**
 * Reads a manifest that came from outside, given its JSON text. It is bounded before it is parsed, and what it says of
 * rows and members is consistent: both are covered once, in order. Errors: `segment/corrupt`; `version-not-supported`
 * for another format.
 */
export function parseManifest(json: string): SegmentManifest {
  if (json.length > segmentLimits.manifestBytes) throw corrupt('is too large');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new AppError('segment/corrupt', 'the manifest is not JSON', { cause });
  }
  return checkManifest(value);
}

/** The same for a value that is parsed already. */
export function checkManifest(value: unknown): SegmentManifest {
  const format = (value as { format?: unknown } | null | undefined)?.format;
  if (typeof format === 'number' && format !== 1) throw new AppError('version-not-supported', `segment format ${format}`);
  const result = v.safeParse(manifestSchema, value, { abortEarly: true });
  if (!result.success) throw corrupt(`has a wrong field ${v.getDotPath(result.issues[0]) ?? ''}`);
  const manifest = value as SegmentManifest;
  if (manifest.txt.bytes + manifest.kw.bytes > segmentLimits.bytes) throw corrupt('names more bytes than a segment may have');
  checkRows(manifest.documents, manifest.rows);
  checkRows(manifest.txt.members, manifest.rows);
  checkMembers(manifest);
  return manifest;
}

function checkRows(runs: readonly { firstRow: number; rows: number }[], rows: number): void {
  let next = 0;
  for (const run of runs) {
    if (run.firstRow !== next) throw corrupt('does not cover its rows in order');
    next += run.rows;
  }
  if (next !== rows) throw corrupt('does not cover its rows');
}

function checkMembers({ txt }: SegmentManifest): void {
  let next = 0;
  for (const member of txt.members) {
    if (member.offset !== next) throw corrupt('does not cover its txt part in order');
    if (member.bytes > segmentLimits.memberBytes) throw corrupt('has a member over the limit');
    next += member.bytes;
  }
  if (next !== txt.bytes) throw corrupt('does not cover its txt part');
}

function corrupt(reason: string): AppError {
  return new AppError('segment/corrupt', `the manifest ${reason}`);
}
