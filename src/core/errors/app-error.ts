/**
 * Every failure a caller can act on has one of these codes. The list is closed: the page must have words for each of
 * them before it compiles, and the code is what survives a worker or HTTP boundary.
 */
export const errorCodes = [
  'aborted',
  'conflict',
  'device-lost',
  'engine-gone',
  'internal',
  'invalid-input',
  'not-found',
  'model/corrupt',
  'model/failed',
  'model/invalid',
  'model/missing',
  'model/out-of-memory',
  'model/unsupported',
  'model/wrong-numbers',
  'offline',
  'quota-exceeded',
  'storage-unavailable',
  'timeout',
  'version-not-supported',
  'segment/corrupt',
  'source/binary',
  'source/corrupt',
  'source/empty',
  'source/encrypted',
  'source/gone',
  'source/no-text',
  'source/timeout',
  'source/too-deep',
  'source/too-large',
  'source/unsupported',
  'source/zip-bomb',
  'vectors/invalid',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses a boundary: plain data, no stack, no cause. */
export type WireError = { code: ErrorCode; message: string; detail?: Record<string, string | number | boolean> };

/** An error with a code from the closed list. `message` is for logs and developers; the page turns `code` into words. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: WireError['detail'];

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; detail?: WireError['detail'] } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
  }
}

const platformCodes: Record<string, ErrorCode> = {
  AbortError: 'aborted',
  QuotaExceededError: 'quota-exceeded',
  NotFoundError: 'source/gone',
  NotReadableError: 'source/gone',
  InvalidStateError: 'storage-unavailable',
  DatabaseClosedError: 'storage-unavailable',
  VersionError: 'version-not-supported',
};

/** Maps anything thrown to an `AppError`. Platform errors are recognised by name; the rest becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = thrown as { name?: unknown; message?: unknown; inner?: unknown } | null;
  const name = typeof error?.name === 'string' ? error.name : '';
  const message = typeof error?.message === 'string' ? error.message : String(thrown);
  const inner = error?.inner as { name?: unknown } | undefined;
  const innerName = typeof inner?.name === 'string' ? inner.name : '';
  const code = platformCodes[innerName] ?? platformCodes[name] ?? 'internal';
  return new AppError(code, message, { cause: thrown });
}

/** The plain form that may leave this realm. */
export function toWireError(thrown: unknown): WireError {
  const { code, message, detail } = toAppError(thrown);
  return detail === undefined ? { code, message } : { code, message, detail };
}

/** The inverse of `toWireError`; an unknown code (a newer program on the other side) becomes `internal`. */
export function fromWireError(wire: WireError): AppError {
  const code = errorCodes.includes(wire.code) ? wire.code : 'internal';
  return new AppError(code, wire.message, wire.detail === undefined ? {} : { detail: wire.detail });
}
