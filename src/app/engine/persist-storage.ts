/**
 * Asks the browser not to delete this origin's data when the disk fills up; only a page may ask. Best called after
 * something worth keeping was added, since browsers decide by use. False where it is refused or unknown.
 */
export async function persistStorage(): Promise<boolean> {
  if (!('storage' in navigator) || typeof navigator.storage.persist !== 'function') return false;
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}
