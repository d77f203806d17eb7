import { AppError, toAppError } from '#core/errors/app-error.ts';

/**
 * Maps what Dexie throws to an `AppError`. A full disk may hide inside an aborted transaction or a bulk error
 * (dexie/Dexie.js#776, #840), so the whole chain is searched for it first.
 */
export function toStoreError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isQuotaError(thrown, 0)) return new AppError('quota-exceeded', 'the browser has no room left for this', { cause: thrown });
  return toAppError(thrown);
}

function isQuotaError(thrown: unknown, depth: number): boolean {
  if (typeof thrown !== 'object' || thrown === null || depth > 4) return false;
  const { name, inner, cause, failures } = thrown as { name?: unknown; inner?: unknown; cause?: unknown; failures?: unknown };
  if (name === 'QuotaExceededError') return true;
  const nested = [inner, cause, ...(Array.isArray(failures) ? (failures as unknown[]).slice(0, 8) : [])];
  return nested.some((error) => isQuotaError(error, depth + 1));
}
