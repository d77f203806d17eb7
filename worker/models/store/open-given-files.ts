import { openZipBlob } from './open-zip-blob.ts';
import type { GivenFile } from './model-store.ts';

/** A file at hand, from a folder or out of an archive. Bytes are read only when asked for, and no more than `bytes`. */
export type GivenEntry = { path: string; bytes: number; open(): Promise<ReadableStream<Uint8Array>> };

/** Given files, with zip archives opened. Errors: `model/invalid` for an archive that cannot be read. */
export async function openGivenFiles(files: readonly GivenFile[]): Promise<GivenEntry[]> {
  const entries: GivenEntry[] = [];
  for (const { path, file } of files) {
    const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
    const isZip = start[0] === 0x50 && start[1] === 0x4b && (start[2] === 3 || start[2] === 5);
    if (isZip) entries.push(...(await openZipBlob(file)));
    else entries.push({ path, bytes: file.size, open: async () => file.stream() });
  }
  return entries;
}
