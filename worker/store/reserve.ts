import type { AlcoveDatabase } from './database.ts';
import { toStoreError } from './dexie-store-error.ts';

/** Enough for the heads and rows that say what happened. */
const reserveBytes = 768 * 1024;
/** Most that one call of `getRandomValues` fills. */
const randomBytes = 65_536;

/**
 * Room kept in the database for when the disk is full. A browser then refuses every write, also the few hundred bytes that
 * pause the work, keep a question or remove a source; deleting the reserve lets those through at once (measured in
 * Chromium 156, where freed space counts immediately).
 */
export type Reserve = {
  /** Runs a small write; when there is no room for it, gives up the reserve and runs it once more. */
  spend: <Result>(write: () => Promise<Result>) => Promise<Result>;
  /** Lays the reserve aside again. Errors: `quota-exceeded` where there is still no room. */
  restore: () => Promise<void>;
};

export function createReserve({ reserve }: AlcoveDatabase): Reserve {
  const isFull = (thrown: unknown): boolean => toStoreError(thrown).code === 'quota-exceeded';

  return {
    spend: async (write) => {
      try {
        return await write();
      } catch (thrown) {
        if (!isFull(thrown)) throw thrown;
        await reserve.clear();
        return await write();
      }
    },
    restore: async () => {
      if ((await reserve.count()) > 0) return;
      await reserve.put({ id: 'reserve', bytes: incompressible(reserveBytes) });
    },
  };
}

/** Bytes that no storage engine can make smaller. */
function incompressible(length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += randomBytes) crypto.getRandomValues(bytes.subarray(at, at + randomBytes));
  return bytes.buffer;
}
