import type { NewFile } from '#core/engine/engine-api.ts';

/** The part of the File System Entry API that a drop gives; typed here so that a test can build one. */
export type DroppedEntry =
  | { isFile: true; isDirectory: false; name: string; file(done: (file: File) => void, fail: (error: unknown) => void): void }
  | { isFile: false; isDirectory: true; name: string; createReader(): { readEntries(done: (entries: DroppedEntry[]) => void, fail: (error: unknown) => void): void } };

/** Files that systems leave in folders and nobody means to add. */
const leftovers = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** The files of a file input, with their folder where one was chosen. */
export function readChosenFiles(files: Iterable<File>): NewFile[] {
  return [...files].filter((file) => !leftovers.has(file.name)).map((file) => asNewFile(file, file.webkitRelativePath));
}

/**
 * All files of a drop, folders read to the bottom. Must be called within the drop event: the browser empties the transfer
 * afterwards, so entries are taken before the first wait. An entry that cannot be read is left out.
 */
export async function readDroppedFiles(transfer: DataTransfer): Promise<NewFile[]> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => (item.webkitGetAsEntry?.() ?? null) as DroppedEntry | null);
  if (entries.every((entry) => entry === null)) return readChosenFiles([...transfer.files]);
  const plain = items.map((item) => item.getAsFile());
  const found = await Promise.all(entries.map(async (entry, index) => {
    if (entry) return readEntry(entry, '');
    const file = plain[index];
    return file ? [asNewFile(file, '')] : [];
  }));
  return found.flat();
}

/** The files of an entry and of all folders below it, in the order the folder gives them. */
export async function readEntry(entry: DroppedEntry, folder: string): Promise<NewFile[]> {
  if (leftovers.has(entry.name)) return [];
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [asNewFile(file, folder === '' ? '' : path)] : [];
  }
  const reader = entry.createReader();
  const files: NewFile[] = [];
  for (;;) {
    // A reader gives a folder in parts; an empty part is its end.
    const part = await new Promise<DroppedEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0) return files;
    for (const child of part) files.push(...(await readEntry(child, path)));
  }
}

function asNewFile(file: File, path: string): NewFile {
  return path === '' ? { file, name: file.name } : { file, name: file.name, path };
}
