import type { Dexie } from 'dexie';

/**
 * Closes the database for good when another tab opens a newer version or deletes it: an open connection would block that
 * for ever. Every later call gives `storage-unavailable`.
 */
export function closeOnUpgrade(dexie: Dexie, onClosed?: () => void): void {
  dexie.on('versionchange', () => {
    dexie.close({ disableAutoOpen: true });
    onClosed?.();
    // Keeps Dexie's own handler from running after this one: it would let the next call open the database again.
    return false;
  });
}
