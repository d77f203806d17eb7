import { AppError } from '#core/errors/app-error.ts';
import type { GivenEntry } from './open-given-files.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const mostDirectoryBytes = 4e6;

/**
 * The files of a zip archive, read where they lie: an archive of gigabytes is never in memory. Stored and deflated entries,
 * up to 4 GB (no ZIP64). An entry that inflates to more than the directory says breaks off. Errors: `model/invalid`.
 */
export async function openZipBlob(zip: Blob): Promise<GivenEntry[]> {
  const tailStart = Math.max(0, zip.size - 22 - 0xffff);
  const tail = await viewOf(zip.slice(tailStart));
  const end = findEnd(tail);
  const count = tail.getUint16(end + 10, true);
  const directoryBytes = tail.getUint32(end + 12, true);
  const directoryStart = tail.getUint32(end + 16, true);
  if (count === 0xffff || directoryStart === 0xffffffff) throw invalid('it is larger than 4 GB; unpack it and give the folder');
  if (directoryBytes > mostDirectoryBytes || directoryStart + directoryBytes > zip.size) throw invalid('its directory is damaged');
  const directory = await viewOf(zip.slice(directoryStart, directoryStart + directoryBytes));
  const entries: GivenEntry[] = [];
  for (let at = 0, index = 0; index < count; index += 1) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== entrySignature) throw invalid('its directory is damaged');
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((offset) => directory.getUint16(at + offset, true)) as [number, number, number];
    if (at + 46 + nameBytes > directory.byteLength) throw invalid('its directory is damaged');
    const path = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameBytes)).replaceAll('\\', '/');
    const entry = { method: directory.getUint16(at + 10, true), packedBytes: directory.getUint32(at + 20, true), bytes: directory.getUint32(at + 24, true), start: directory.getUint32(at + 42, true) };
    if (!path.endsWith('/')) entries.push({ path, bytes: entry.bytes, open: () => openEntry(zip, entry) });
    at += 46 + nameBytes + extraBytes + noteBytes;
  }
  return entries;
}

async function openEntry(zip: Blob, { method, packedBytes, bytes, start }: { method: number; packedBytes: number; bytes: number; start: number }): Promise<ReadableStream<Uint8Array>> {
  const header = await viewOf(zip.slice(start, start + 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== localSignature) throw invalid('an entry is damaged');
  const dataStart = start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = zip.slice(dataStart, dataStart + packedBytes);
  if (method === 0) return packed.stream();
  if (method !== 8) throw invalid('it is packed in a way that is not known');
  return packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).pipeThrough(atMost(bytes));
}

function atMost(mostBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let seenBytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seenBytes += chunk.length;
      if (seenBytes > mostBytes) controller.error(invalid('an entry is larger than it says'));
      else controller.enqueue(chunk);
    },
  });
}

/** The end record lies before a comment of at most 64 KiB. */
function findEnd(tail: DataView): number {
  for (let at = tail.byteLength - 22; at >= 0; at -= 1) if (tail.getUint32(at, true) === endSignature) return at;
  throw invalid('it has no directory');
}

async function viewOf(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer());
}

function invalid(why: string): AppError {
  return new AppError('model/invalid', `the archive cannot be read: ${why}`);
}
