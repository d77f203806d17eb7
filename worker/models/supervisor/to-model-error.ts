import { AppError, toAppError } from '#core/errors/app-error.ts';

const outOfMemory = /out of (?:device )?memory|allocation failed|could not allocate|bad_alloc|aborted\(oom\)|cannot enlarge memory|memory access out of bounds/i;
const deviceLost = /device.{0,40}\blost\b|lost device|device_removed|device_hung|device (?:is|was) destroyed/i;

/**
 * What a model runtime threw, under a code: runtimes throw strings, numbers and plain errors, and say in words what
 * happened to memory or device. `AppError`s pass; what is not recognised is `model/failed`.
 */
export function toModelError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = toAppError(thrown);
  if (error.code === 'aborted' || error.code === 'quota-exceeded') return error;
  if (deviceLost.test(error.message)) return new AppError('device-lost', error.message, { cause: thrown });
  if (outOfMemory.test(error.message)) return new AppError('model/out-of-memory', error.message, { cause: thrown });
  return new AppError('model/failed', error.message, { cause: thrown });
}
