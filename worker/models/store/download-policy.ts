/** How patient a download is. Times in milliseconds. */
export type DownloadPolicy = {
  /** Without a byte for so long, an attempt is given up. */
  stallMs: number;
  /** Attempts at one source in a row that brought nothing. */
  fruitlessAttempts: number;
  /** Attempts at one source for one file in all. */
  attempts: number;
  firstDelayMs: number;
  mostDelayMs: number;
  sleep(delayMs: number, signal: AbortSignal): Promise<void>;
  random(): number;
};

export const downloadPolicy: DownloadPolicy = {
  stallMs: 20_000,
  fruitlessAttempts: 4,
  attempts: 40,
  firstDelayMs: 500,
  mostDelayMs: 15_000,
  sleep: sleepFor,
  random: Math.random,
};

/** Exponential back-off with full jitter over its second half; what the source asked for, within bounds, where it asked. */
export function delayBefore(attempt: number, askedMs: number | undefined, policy: Pick<DownloadPolicy, 'firstDelayMs' | 'mostDelayMs' | 'random'>): number {
  const reckonedMs = policy.firstDelayMs * 2 ** attempt * (0.5 + policy.random() / 2);
  return Math.min(policy.mostDelayMs, Math.max(reckonedMs, askedMs ?? 0));
}

/** Resolves after `delayMs`. Errors: the signal's reason when it is aborted. */
export function sleepFor(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
