/** How far a transfer is and how fast it goes. `secondsLeft` is missing until the rate is known. */
export type TransferProgress = { loadedBytes: number; totalBytes: number; bytesPerSecond?: number; secondsLeft?: number };

const shortestMs = 200;
/** Time after which an old rate counts for a third: long enough to be calm, short enough to follow a change. */
const memoryMs = 4_000;

export type TransferMeter = {
  /** Tells what is there now; gives progress to show at most five times a second, and always when all is there. */
  update(loadedBytes: number): TransferProgress | undefined;
};

/**
 * Measures a transfer of `totalBytes` that begins with `loadedBytes` there. The rate is an exponential mean over time of what
 * came since the beginning; bytes that were there before, or are lost and begun anew, are no rate.
 */
export function createTransferMeter(totalBytes: number, loadedAtStart: number, now: () => number = () => performance.now()): TransferMeter {
  let shownAt = now();
  let measuredBytes = loadedAtStart;
  let bytesPerMs: number | undefined;
  return {
    update(loadedBytes) {
      const elapsedMs = now() - shownAt;
      if (elapsedMs < shortestMs && loadedBytes < totalBytes) return undefined;
      const gainedBytes = loadedBytes - measuredBytes;
      if (gainedBytes >= 0 && elapsedMs > 0) {
        const share = bytesPerMs === undefined ? 1 : 1 - Math.exp(-elapsedMs / memoryMs);
        bytesPerMs = (bytesPerMs ?? 0) * (1 - share) + (gainedBytes / elapsedMs) * share;
      }
      shownAt += elapsedMs;
      measuredBytes = loadedBytes;
      return { loadedBytes, totalBytes, ...(bytesPerMs ? { bytesPerSecond: bytesPerMs * 1000, secondsLeft: (totalBytes - loadedBytes) / bytesPerMs / 1000 } : {}) };
    },
  };
}
