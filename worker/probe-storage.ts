import type { StorageProbe } from './library/storage-report.ts';

/** The browser's estimate; zeros where it gives none. */
export const probeStorage: StorageProbe = async () => {
  // Absent where the page is not a secure context.
  const storage = navigator.storage as StorageManager | undefined;
  if (storage === undefined) return { usedBytes: 0, quotaBytes: 0, persisted: false };
  const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([storage.estimate(), storage.persisted()]);
  return { usedBytes: usage, quotaBytes: quota, persisted };
};
