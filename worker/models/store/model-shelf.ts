/**
 * Where bytes of models lie: files under paths with `/`. It knows nothing of models; what makes a file whole is written
 * by its users as other files. Errors: `quota-exceeded` from writing (what was written stays), `storage-unavailable`,
 * `conflict` when a file is being written by someone else.
 */
export type ModelShelf = {
  /** Files whose path begins with `prefix`, a folder's path with a final `/` or nothing, in order of path. */
  list(prefix: string): Promise<ShelfFile[]>;
  /** The file as it is now; it cannot be relied on once the file is written again, moved or removed. */
  read(path: string): Promise<Blob | undefined>;
  /** Opens a file to be gone on with after its first `keepBytes`; the rest is cut off, folders and file are made. One writer a file. */
  write(path: string, keepBytes: number): Promise<ShelfWriter>;
  /** Gives a file another path, in one step: a reader sees one or the other. What was there is replaced. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file, or a folder (a final `/`) with all that is in it; nothing where there is none. */
  remove(path: string): Promise<void>;
};

export type ShelfFile = { path: string; bytes: number };

export type ShelfWriter = {
  write(bytes: Uint8Array): void | Promise<void>;
  /** All that was written is on disk when it resolves. Once more does nothing. */
  close(): Promise<void>;
};
