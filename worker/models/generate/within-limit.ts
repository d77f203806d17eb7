import { AppError } from '#core/errors/app-error.ts';

/** What `work` gives, unless it takes longer than `limitMs` or `lost` rejects before. Errors: `timeout`, that of `lost`. */
export async function withinLimit<Value>(work: Promise<Value>, limitMs: number, lost: Promise<never>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('timeout', `nothing came for ${Math.round(limitMs / 1000)} s`)), limitMs);
  });
  try {
    return await Promise.race([work, tooLate, lost]);
  } finally {
    clearTimeout(timer);
    // Whatever comes of it later is nobody's business.
    work.catch(() => undefined);
  }
}
