import { AppError } from '#core/errors/app-error.ts';
import type { ModelShelf, ShelfWriter } from './model-shelf.ts';

/** What a memory shelf keeps; give it to another one to have the same files "after a restart". */
export type ShelfContents = Map<string, Uint8Array>;

/**
 * A shelf in memory. `beforeChange` is called before every change with its size in bytes (0 for what needs no room) and
 * says how many bytes of it still land; what it throws is thrown after these.
 */
export function createMemoryShelf(contents: ShelfContents = new Map(), beforeChange: (bytes: number) => { land: number; error?: Error } = (bytes) => ({ land: bytes })): ModelShelf {
  const writing = new Set<string>();
  const step = () => {
    const { error } = beforeChange(0);
    if (error) throw error;
  };
  return {
    list: async (prefix) => [...contents].filter(([path]) => path.startsWith(prefix)).map(([path, { length: bytes }]) => ({ path, bytes })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    async read(path) {
      const bytes = contents.get(path);
      return bytes && new Blob([bytes.slice()]);
    },
    async write(path, keepBytes): Promise<ShelfWriter> {
      if (writing.has(path)) throw new AppError('conflict', `${path} is being written`);
      step();
      contents.set(path, (contents.get(path) ?? new Uint8Array()).slice(0, keepBytes));
      writing.add(path);
      return {
        write(bytes) {
          const { land, error } = beforeChange(bytes.length);
          contents.set(path, joined(contents.get(path) ?? new Uint8Array(), bytes.subarray(0, land)));
          if (error) throw error;
        },
        close: async () => void writing.delete(path),
      };
    },
    async move(from, to) {
      const bytes = contents.get(from);
      if (!bytes) throw new AppError('storage-unavailable', `${from} is not there`);
      step();
      contents.set(to, bytes);
      contents.delete(from);
    },
    async remove(path) {
      for (const known of [...contents.keys()].filter((name) => (path.endsWith('/') ? name.startsWith(path) : name === path))) {
        step();
        contents.delete(known);
      }
    },
  };
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array {
  const whole = new Uint8Array(before.length + after.length);
  whole.set(before);
  whole.set(after, before.length);
  return whole;
}
