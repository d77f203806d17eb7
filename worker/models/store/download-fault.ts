import { AppError } from '#core/errors/app-error.ts';

/**
 * Why one attempt to fetch a file ended. `missing`: the source does not have it. `corrupt`: what it gave cannot be the file.
 * `unreachable`: it did not answer, broke off, stalled or said it has trouble. `mayRetry`: another attempt may end otherwise.
 */
export class DownloadFault extends Error {
  readonly kind: 'missing' | 'corrupt' | 'unreachable';
  readonly mayRetry: boolean;
  readonly waitMs: number | undefined;

  constructor(kind: DownloadFault['kind'], message: string, options: { mayRetry?: boolean; waitMs?: number | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DownloadFault';
    this.kind = kind;
    this.mayRetry = options.mayRetry ?? false;
    this.waitMs = options.waitMs;
  }
}

const codes = { missing: 'model/missing', corrupt: 'model/corrupt', unreachable: 'offline' } as const;

/** The worst of what happened to a file at all its sources, as the person is told: wrong bytes before no answer before no file. */
export function toDownloadError(faults: readonly DownloadFault[], path: string): AppError {
  const worst = (['corrupt', 'unreachable', 'missing'] as const).flatMap((kind) => faults.filter((fault) => fault.kind === kind))[0];
  if (!worst) return new AppError('model/missing', `${path} has no source`, { detail: { path } });
  return new AppError(codes[worst.kind], `${path}: ${worst.message}`, { cause: worst, detail: { path } });
}
