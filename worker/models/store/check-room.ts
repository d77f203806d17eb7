import { AppError } from '#core/errors/app-error.ts';

/** Used and allowed bytes as the browser reckons; `undefined` where it does not say. */
export type EstimateStorage = () => Promise<{ usage?: number; quota?: number } | undefined>;

/** Room asked for, as a share of the bytes to come: a disk filled to the brim serves nobody. */
const margin = 1.3;

/** Errors: `quota-exceeded` with `neededBytes` and `freeBytes` where there is less than 1.3 times the room. */
export async function checkRoom(missingBytes: number, estimate: EstimateStorage): Promise<void> {
  const { usage, quota } = (await estimate()) ?? {};
  if (usage === undefined || quota === undefined) return;
  const freeBytes = Math.max(0, quota - usage);
  const neededBytes = Math.ceil(missingBytes * margin);
  if (neededBytes > freeBytes) throw new AppError('quota-exceeded', `${neededBytes} bytes are needed, ${freeBytes} are free`, { detail: { neededBytes, freeBytes } });
}

/** Adds to a `quota-exceeded` from the middle of some work how much is free, as far as the browser says. */
export async function withRoomTold<T>(estimate: EstimateStorage, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'quota-exceeded') throw error;
    const { usage, quota } = (await estimate().catch(() => undefined)) ?? {};
    const freeBytes = usage === undefined || quota === undefined ? undefined : Math.max(0, quota - usage);
    throw new AppError('quota-exceeded', error.message, { cause: error, detail: { ...error.detail, ...(freeBytes !== undefined && { freeBytes }) } });
  }
}

/** The browser's own estimate. */
export const estimateStorage: EstimateStorage = async () => (navigator.storage as StorageManager | undefined)?.estimate();
