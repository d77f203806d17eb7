import { Inflate } from 'fflate';
import { AppError } from '../errors/app-error.ts';
import type { ParseLimits } from './parse-limits.ts';

/** A file of an archive, as its directory describes it. */
type Entry = { name: string; method: number; packedBytes: number; bytes: number; offset: number; encrypted: boolean };

/** An archive whose directory has passed the limits. Nothing is inflated until it is read. */
export type Archive = {
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * The bytes of a file; undefined where there is none of that name. Errors: `source/zip-bomb` when it inflates to more
   * than the directory said, `source/corrupt`, `source/encrypted`.
   */
  read(name: string): Uint8Array | undefined;
};

type ArchiveLimits = Pick<ParseLimits, 'archiveEntries' | 'archiveRatio' | 'archiveFloorBytes' | 'archiveInflatedBytes'>;

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const inflateStepBytes = 16 * 1024;

function corrupt(what: string): AppError {
  return new AppError('source/corrupt', `the archive is damaged: ${what}`);
}

function bomb(what: string): AppError {
  return new AppError('source/zip-bomb', `the archive is refused: ${what}`);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Offset of the end-of-directory record, which lies before a comment of at most 64 KiB. */
function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  throw corrupt('it has no directory');
}

/** A file name that stays inside the archive, with forward slashes. */
function safeName(bytes: Uint8Array): string {
  const name = new TextDecoder().decode(bytes).replaceAll('\\', '/');
  if (name.split('/').includes('..') || name.startsWith('/') || /^[a-z]:/iu.test(name)) {
    throw bomb('a name in it points outside');
  }
  return name;
}

function readDirectory(bytes: Uint8Array, limits: ArchiveLimits): Map<string, Entry> {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count > limits.archiveEntries || count === 0xffff) throw bomb(`it has more than ${limits.archiveEntries} files`);
  const entries = new Map<string, Entry>();
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== directorySignature) throw corrupt('its directory breaks off');
    const nameLength = view.getUint16(at + 28, true);
    const entry: Entry = {
      name: safeName(bytes.subarray(at + 46, at + 46 + nameLength)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (!entry.name.endsWith('/')) entries.set(entry.name, entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function checkSizes(entries: Iterable<Entry>, archiveBytes: number, limits: ArchiveLimits): void {
  let total = 0;
  for (const entry of entries) {
    total += entry.bytes;
    if (entry.bytes > limits.archiveFloorBytes && entry.bytes > entry.packedBytes * limits.archiveRatio) {
      throw bomb(`a file in it inflates more than ${limits.archiveRatio} times`);
    }
  }
  if (total > limits.archiveFloorBytes && total > archiveBytes * limits.archiveRatio) {
    throw bomb(`it inflates more than ${limits.archiveRatio} times`);
  }
  if (total > limits.archiveInflatedBytes) {
    throw new AppError('source/too-large', `the archive inflates to ${total} bytes`, { detail: { limitBytes: limits.archiveInflatedBytes } });
  }
}

function inflate(packed: Uint8Array, entry: Entry): Uint8Array {
  const bytes = new Uint8Array(entry.bytes);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > bytes.length) throw bomb('a file in it is larger than the archive says');
    bytes.set(chunk, length);
    length += chunk.length;
  });
  try {
    // Small steps bound what one call can inflate to (1032 times its input) before the check above sees it.
    for (let at = 0; at < packed.length; at += inflateStepBytes) {
      stream.push(packed.subarray(at, at + inflateStepBytes), at + inflateStepBytes >= packed.length);
    }
  } catch (error) {
    throw error instanceof AppError ? error : corrupt('a file in it does not inflate');
  }
  if (length !== bytes.length) throw corrupt('a file in it breaks off');
  return bytes;
}

function readEntry(archive: Uint8Array, entry: Entry): Uint8Array {
  if (entry.encrypted) throw new AppError('source/encrypted', 'a file in the archive is encrypted');
  const view = viewOf(archive);
  if (entry.offset + 30 > archive.length || view.getUint32(entry.offset, true) !== localSignature) throw corrupt('a file in it is missing');
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  if (start + entry.packedBytes > archive.length) throw corrupt('a file in it breaks off');
  const packed = archive.subarray(start, start + entry.packedBytes);
  if (entry.method === 0) {
    if (entry.packedBytes !== entry.bytes) throw corrupt('a file in it has two sizes');
    return packed;
  }
  if (entry.method !== 8) throw new AppError('source/unsupported', `the archive uses compression method ${entry.method}`);
  return inflate(packed, entry);
}

/**
 * Opens a ZIP archive (APPNOTE 6.3) by its central directory and refuses it when it has too many files, inflates too far,
 * or names files outside itself. Archives within it are not opened. Errors: `source/corrupt`, `source/zip-bomb`,
 * `source/too-large`.
 */
export function openArchive(bytes: Uint8Array, limits: ArchiveLimits): Archive {
  if (bytes.length < 22) throw corrupt('it breaks off');
  const entries = readDirectory(bytes, limits);
  checkSizes(entries.values(), bytes.length, limits);
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name);
      return entry && readEntry(bytes, entry);
    },
  };
}
