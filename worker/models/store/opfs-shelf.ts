import { AppError, toAppError } from '#core/errors/app-error.ts';
import type { ModelShelf, ShelfFile, ShelfWriter } from './model-shelf.ts';

/** Every engine has it for files of the origin's private file system; TypeScript's library does not list it. */
type MovableHandle = FileSystemFileHandle & { move?(folder: FileSystemDirectoryHandle, name: string): Promise<void> };

/**
 * Files in the origin's private file system, below `folderName`. Writing needs a dedicated worker (`createSyncAccessHandle`);
 * reading works in every realm. Errors besides the port's: `storage-unavailable` where the browser gives no such storage.
 */
export function createOpfsShelf(folderName = 'models'): ModelShelf {
  let root: Promise<FileSystemDirectoryHandle> | undefined;
  const openRoot = () => (root ??= openRootFolder(folderName).catch((error: unknown) => {
    root = undefined;
    throw error;
  }));
  const folderAt = async (names: string[], create: boolean) => {
    let folder = await openRoot();
    for (const name of names) folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  };
  const find = (path: string): Promise<FileSystemFileHandle | undefined> => ifThere(async () => {
    const { folder, name } = split(path);
    return (await folderAt(folder, false)).getFileHandle(name);
  });
  return {
    list: (prefix) => shelfErrors(async () => {
      const names = prefix.split('/').slice(0, -1);
      const folder = await ifThere(() => folderAt(names, false));
      const files = folder ? await listFolder(folder, names.map((name) => `${name}/`).join('')) : [];
      return files.sort((a, b) => (a.path < b.path ? -1 : 1));
    }),
    read: (path) => shelfErrors(async () => ifThere(async () => (await find(path))?.getFile())),
    write: (path, keepBytes) => shelfErrors(async () => {
      const { folder, name } = split(path);
      return openWriter(await (await folderAt(folder, true)).getFileHandle(name, { create: true }), keepBytes);
    }),
    move: (from, to) => shelfErrors(async () => {
      const file: MovableHandle | undefined = await find(from);
      if (!file) throw new AppError('storage-unavailable', `${from} is not there`);
      const { folder, name } = split(to);
      const target = await folderAt(folder, true);
      if (file.move) await file.move(target, name);
      else await copyAndRemove(file, target, name, () => removeAt(folderAt, from));
    }),
    remove: (path) => shelfErrors(() => removeAt(folderAt, path)),
  };
}

async function openRootFolder(folderName: string): Promise<FileSystemDirectoryHandle> {
  const storage = navigator.storage as StorageManager | undefined;
  if (typeof storage?.getDirectory !== 'function') throw new AppError('storage-unavailable', 'this browser has no private file system');
  return (await storage.getDirectory()).getDirectoryHandle(folderName, { create: true });
}

async function listFolder(folder: FileSystemDirectoryHandle, prefix: string): Promise<ShelfFile[]> {
  const found: ShelfFile[] = [];
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === 'directory') found.push(...(await listFolder(handle, `${prefix}${name}/`)));
    else {
      const file = await ifThere(() => handle.getFile());
      if (file) found.push({ path: `${prefix}${name}`, bytes: file.size });
    }
  }
  return found;
}

/** What workers have, as far as it is used: the types of the page, under which tests are checked, know nothing of it. */
type SyncHandle = { getSize(): number; truncate(bytes: number): void; write(bytes: Uint8Array, options: { at: number }): number; flush(): void; close(): void };

async function openWriter(file: FileSystemFileHandle, keepBytes: number): Promise<ShelfWriter> {
  const handle = await (file as FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }).createSyncAccessHandle();
  let at = Math.min(keepBytes, handle.getSize());
  let isOpen = true;
  handle.truncate(at);
  return {
    write(bytes) {
      try {
        const written = handle.write(bytes, { at });
        at += written;
        if (written < bytes.length) throw new AppError('quota-exceeded', 'the disk took only a part of what was written');
      } catch (error) {
        throw toShelfError(error);
      }
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      handle.flush();
      handle.close();
    },
  };
}

/** For engines that cannot move a file. Not in one step: whoever needs that looks at a record written afterwards. */
async function copyAndRemove(from: FileSystemFileHandle, folder: FileSystemDirectoryHandle, name: string, remove: () => Promise<void>): Promise<void> {
  const writer = await openWriter(await folder.getFileHandle(name, { create: true }), 0);
  const reader = (await from.getFile()).stream().getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) await writer.write(part.value);
  } finally {
    await writer.close();
  }
  await remove();
}

async function removeAt(folderAt: (names: string[], create: boolean) => Promise<FileSystemDirectoryHandle>, path: string): Promise<void> {
  const { folder, name } = split(path.endsWith('/') ? path.slice(0, -1) : path);
  await ifThere(async () => (await folderAt(folder, false)).removeEntry(name, { recursive: true }));
}

function split(path: string): { folder: string[]; name: string } {
  const names = path.split('/');
  return { folder: names.slice(0, -1), name: names.at(-1) ?? '' };
}

async function ifThere<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if ((error as { name?: unknown } | null)?.name === 'NotFoundError') return undefined;
    throw error;
  }
}

async function shelfErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toShelfError(error);
  }
}

function toShelfError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const name = (thrown as { name?: unknown } | null)?.name;
  if (name === 'NoModificationAllowedError') return new AppError('conflict', 'the file is being written', { cause: thrown });
  const error = toAppError(thrown);
  return error.code === 'quota-exceeded' ? error : new AppError('storage-unavailable', error.message, { cause: thrown });
}
